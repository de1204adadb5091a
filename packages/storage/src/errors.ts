import { type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What the object store may say. */
export const STORAGE_ERRORS = {
  STORAGE_EXISTS: { meaning: 'Something is stored under that key already.' },
  STORAGE_FAILED: {
    meaning: 'The store could not be reached, or damaged a file on the way.',
    retryable: true,
  },
  STORAGE_FULL: { meaning: 'The disk of a store in a folder is full.', retryable: true },
  STORAGE_KEY_INVALID: { meaning: 'The key is not one that every store can keep.', isAboutFile: true },
  STORAGE_NOT_FOUND: { meaning: 'There is nothing under that key.' },
  STORAGE_REFUSED: { meaning: 'The store will not: no access, no bucket, a folder that is read-only.' },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof STORAGE_ERRORS, 'storage'> {}
}

export const storageError = makeErrors('storage', STORAGE_ERRORS);
