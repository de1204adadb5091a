import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runBounded } from '@bachata-buddy/platform';
import { EXTRA_FIELDS, type ExtraKeys, extraKeys } from '@bachata-buddy/vocabulary';
import { storeOutput } from '../stages/upload.ts';
import { captionsOf } from './captions.ts';
import { chaptersOf } from './chapters.ts';
import { type CompanionOptions, fetchPoster, findSheets } from './clip-companions.ts';
import { thumbnailsOf } from './thumbnails.ts';

const VTT = 'text/vtt; charset=utf-8';

export interface ExtrasOptions extends CompanionOptions {
  /** As for the video. */
  readonly isWriteOnce: boolean;
}

/**
 * Stores what belongs to a video beside it: captions, chapters, thumbnails, a poster. Nothing is encoded for it. What
 * cannot be made, because the document or the clips do not have what it takes, is left out.
 *
 * @returns the keys of those that are stored
 * @throws AppError `STORAGE_FAILED`
 */
export async function storeExtras(options: ExtrasOptions): Promise<Partial<ExtraKeys>> {
  const { blueprint, directory, signal } = options;
  const keys = extraKeys(blueprint.output.key);
  const stored: { -readonly [Kind in keyof ExtraKeys]?: string } = {};
  const store = async (kind: keyof ExtraKeys, path: string, contentType: string): Promise<void> => {
    await storeOutput({ ...options, path, key: keys[kind], contentType });
    stored[kind] = keys[kind];
  };
  const storeText = async (kind: keyof ExtraKeys, text: string | undefined): Promise<void> => {
    if (text === undefined) return;
    const path = join(directory, `${kind}.vtt`);
    await writeFile(path, text);
    await store(kind, path, VTT);
  };
  const texts = [
    () => storeText('captions', captionsOf(blueprint)),
    () => storeText('chapters', chaptersOf(blueprint)),
  ];
  const pictures = [
    async () => storeText('thumbnails', thumbnailsOf(blueprint, keys.thumbnails, await findSheets(options))),
    async () => {
      const poster = await fetchPoster(options);
      if (poster !== undefined) await store('poster', poster, 'image/jpeg');
    },
  ];
  // The clips' own pictures show what a mirrored video does not.
  const tasks = blueprint.output.isMirrored ? texts : [...texts, ...pictures];
  await runBounded(tasks, { concurrency: tasks.length, signal });
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
