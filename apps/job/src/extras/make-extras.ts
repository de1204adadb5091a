import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runBounded } from '@bachata-buddy/platform';
import type { ExtraKeys } from '@bachata-buddy/vocabulary';
import { captionsOf } from './captions.ts';
import { chaptersOf } from './chapters.ts';
import { type CompanionOptions, fetchPoster, findSheets } from './clip-companions.ts';
import { thumbnailsOf } from './thumbnails.ts';

export interface MakeExtrasOptions extends CompanionOptions {
  /** The video's own poster; undefined where its first clip's shows what the video does. */
  readonly posterPath: string | undefined;
  /** What they will be called. */
  readonly names: ExtraKeys;
  /** Where the object of a key lies, seen from where those names begin; null where it cannot be named from there. */
  readonly placeOf: (key: string) => Promise<string | null>;
  /** Puts one of them in its place; the file stays where it is. */
  readonly put: (kind: keyof ExtraKeys, path: string) => Promise<void>;
}

/**
 * Makes what belongs to a video: captions, chapters, thumbnails, a poster. Nothing is encoded for it. What cannot be
 * made, because the document or the clips do not have what it takes, is left out.
 *
 * @throws AppError `STORAGE_FAILED`; of `put`
 */
export async function makeExtras(options: MakeExtrasOptions): Promise<void> {
  const { blueprint, names, placeOf, put, directory, signal } = options;
  const putText = async (kind: keyof ExtraKeys, text: string | undefined): Promise<void> => {
    if (text === undefined) return;
    const path = join(directory, `${kind}.vtt`);
    await writeFile(path, text);
    await put(kind, path);
  };
  const texts = [
    () => putText('captions', captionsOf(blueprint)),
    () => putText('chapters', chaptersOf(blueprint)),
  ];
  const putThumbnails = async (): Promise<void> =>
    putText('thumbnails', thumbnailsOf(blueprint, names.thumbnails, await findSheets(options, placeOf)));
  const putPoster = async (): Promise<void> => {
    const poster = options.posterPath ?? (await fetchPoster(options));
    if (poster !== undefined) await put('poster', poster);
  };
  // The clips' own sheets show what a mirrored video does not.
  const pictures = blueprint.output.isMirrored ? [putPoster] : [putPoster, putThumbnails];
  const tasks = [...texts, ...pictures];
  await runBounded(tasks, { concurrency: tasks.length, signal });
}
