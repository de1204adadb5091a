import { type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What bringing in clips and songs may say. */
export const INGEST_ERRORS = {
  INGEST_ANNOTATIONS: { meaning: 'The file of annotations cannot be read, or is no such document.' },
  INGEST_CLIP: { meaning: 'The file is no clip that can be danced.', isAboutFile: true },
  INGEST_DEMO: { meaning: 'The catalogue lacks a song of the demo.' },
  INGEST_EMBEDDINGS: { meaning: 'The file of pose vectors is no such document.' },
  INGEST_FILE: { meaning: 'The file cannot be read, or changed while it was.', isAboutFile: true },
  INGEST_NO_ROOM: {
    meaning: 'There is no room for a copy of the file in the folder for temporary files.',
    retryable: true,
  },
  INGEST_OBJECT: { meaning: 'The catalogue names a file that is not in storage.', isAboutFile: true },
  INGEST_SONG: { meaning: 'The file is no song that can be danced to.', isAboutFile: true },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof INGEST_ERRORS, 'ingest'> {}
}

export const ingestError = makeErrors('ingest', INGEST_ERRORS);
