import { join } from 'node:path';
import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import { companionKeys } from '@bachata-buddy/media';
import { runBounded } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { PREPARED_CLIP_PREFIX } from '@bachata-buddy/vocabulary';
import type { FetchedClip } from '../render/fetched-clip.ts';
import type { ThumbnailSheet } from './thumbnails.ts';

/** A sheet is shown to whoever knows its name: only a name that holds a hash is given away. */
const PREPARED_KEY = new RegExp(`^${PREPARED_CLIP_PREFIX}[0-9a-f]{32}\\.mp4$`);
/** Requests that wait for the network. */
const AT_ONCE = 8;

export interface CompanionOptions {
  readonly store: ObjectStore;
  readonly blueprint: ResolvedBlueprint;
  /** By key. */
  readonly clips: ReadonlyMap<string, FetchedClip>;
  /** For files on the way. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * The sheets of thumbnails that there are of prepared clips, by clip key.
 *
 * @param placeOf where an object is to be named, or null
 * @throws AppError `STORAGE_FAILED`
 */
export async function findSheets(
  { store, clips, signal }: CompanionOptions,
  placeOf: (key: string) => Promise<string | null>,
): Promise<Map<string, ThumbnailSheet>> {
  const sheets = new Map<string, ThumbnailSheet>();
  const tasks = [...clips]
    .filter(([key]) => PREPARED_KEY.test(key))
    .map(([key, { prepared }]) => async () => {
      // One of another size than the video's is treated as any film: nothing tells how its sheet is laid out.
      if (prepared === undefined) return;
      const { sheet } = companionKeys(key);
      if ((await store.stat(sheet)) === null) return;
      const place = await placeOf(sheet);
      if (place === null) return;
      const { track, frameCount } = prepared;
      sheets.set(key, { key: place, frameCount, size: { width: track.width, height: track.height } });
    });
  await runBounded(tasks, { concurrency: AT_ONCE, signal });
  return sheets;
}

/**
 * Brings the first clip's poster to this machine, or finds it in place.
 *
 * @returns its file, or undefined where it has none
 * @throws AppError `STORAGE_FAILED`
 */
export async function fetchPoster({
  store,
  blueprint,
  directory,
  signal,
}: CompanionOptions): Promise<string | undefined> {
  const [first] = blueprint.moves;
  if (first === undefined) return undefined;
  const { poster } = companionKeys(first.clipKey);
  if ((await store.stat(poster)) === null) return undefined;
  const inPlace = await store.localPath(poster);
  if (inPlace !== null) return inPlace;
  const path = join(directory, 'poster.jpg');
  await store.fetchToFile(poster, path, { signal });
  return path;
}
