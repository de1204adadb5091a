import { EXTRA_FIELDS, type ExtraKeys, extraKeys } from '@bachata-buddy/vocabulary';
import { storeOutput } from '../stages/upload.ts';
import { type MakeExtrasOptions, makeExtras } from './make-extras.ts';

const CONTENT_TYPES: Record<keyof ExtraKeys, string> = {
  captions: 'text/vtt; charset=utf-8',
  chapters: 'text/vtt; charset=utf-8',
  thumbnails: 'text/vtt; charset=utf-8',
  poster: 'image/jpeg',
};

export interface ExtrasOptions extends Omit<MakeExtrasOptions, 'names' | 'placeOf' | 'put'> {
  /** As for the video. */
  readonly isWriteOnce: boolean;
}

/**
 * Stores what belongs to a video beside it (see `makeExtras`).
 *
 * @returns the keys of those that are stored
 * @throws AppError `STORAGE_FAILED`
 */
export async function storeExtras(options: ExtrasOptions): Promise<Partial<ExtraKeys>> {
  const keys = extraKeys(options.blueprint.output.key);
  const stored: { -readonly [Kind in keyof ExtraKeys]?: string } = {};
  await makeExtras({
    ...options,
    names: keys,
    placeOf: async (key) => key,
    put: async (kind, path) => {
      await storeOutput({ ...options, path, key: keys[kind], contentType: CONTENT_TYPES[kind] });
      stored[kind] = keys[kind];
    },
  });
  return stored;
}

/** Them, as the task's result names them. */
export function extrasInResult({ captions, chapters, thumbnails, poster }: Partial<ExtraKeys>) {
  return {
    ...(captions === undefined ? {} : { [EXTRA_FIELDS.captions]: captions }),
    ...(chapters === undefined ? {} : { [EXTRA_FIELDS.chapters]: chapters }),
    ...(thumbnails === undefined ? {} : { [EXTRA_FIELDS.thumbnails]: thumbnails }),
    ...(poster === undefined ? {} : { [EXTRA_FIELDS.poster]: poster }),
  };
}
