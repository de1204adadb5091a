import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  type CountedClip,
  countTimesSec,
  keyframeFrames,
  type PreparedClipKeys,
  prepareClip,
  preparedClipKeys,
  probeMedia,
} from '@bachata-buddy/media';
import { AppError, withScratchDirectory } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import type { IngestContext } from './ingest-context.ts';

/** What lies under a key that stands for its content never changes. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

export interface MoveSource extends CountedClip {
  readonly filePath: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly contentHash: string;
}

export interface PrepareMoveOptions {
  /** Of one clip's encoder; default: as many as it likes. */
  readonly threadCount?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Most clips at a time: each takes some hundred megabytes where pictures are large. */
const MAX_SIDE_BY_SIDE = 8;

/** How to prepare that many clips: side by side they use the processors better than one clip's threads do. */
export function sideBySide(clipCount: number): { concurrency: number; threadCount: number | undefined } {
  const most = Math.min(MAX_SIDE_BY_SIDE, availableParallelism());
  return {
    concurrency: Math.max(1, Math.min(most, clipCount)),
    threadCount: clipCount < most ? undefined : 1,
  };
}

/** Where what is prepared of a clip lies, or would: it depends on the clip's bytes, its counts and the size. */
export function preparedMoveKeys(
  { size }: Pick<IngestContext, 'size'>,
  source: CountedClip & { readonly contentHash: string },
): PreparedClipKeys {
  const frames = keyframeFrames(countTimesSec(source));
  return preparedClipKeys({ contentHash: source.contentHash, size, keyframeFrames: frames });
}

/**
 * Brings a clip into the house format with keyframes on its counts, and stores it, its poster and its thumbnail sheet;
 * does nothing where that has been done before.
 *
 * @returns the clip's key
 * @throws AppError of `prepareClip` and of the store
 */
export async function prepareMove(
  context: Pick<IngestContext, 'store' | 'tools' | 'size'>,
  source: MoveSource,
  { threadCount, signal, onProgress }: PrepareMoveOptions = {},
): Promise<string> {
  const { store, tools, size } = context;
  const keys = preparedMoveKeys(context, source);
  if ((await store.stat(keys.clip)) !== null) return keys.clip;
  await withScratchDirectory({ purpose: 'prepare' }, async (directory) => {
    const [outPath, posterPath, sheetPath] = [
      join(directory, 'clip'),
      join(directory, 'poster'),
      join(directory, 'sheet'),
    ];
    await prepareClip({
      ...{ tools, size, outPath, posterPath, sheetPath, threadCount, signal, onProgress },
      path: source.filePath,
      probe: await probeMedia(tools, source.filePath, { signal }),
      keyframeTimesSec: countTimesSec(source),
      posterTimeSec: source.firstDownbeatSec,
    });
    // The clip last: where it is, everything is.
    await putOnce(store, posterPath, keys.poster, 'image/jpeg', signal);
    await putOnce(store, sheetPath, keys.sheet, 'image/jpeg', signal);
    await putOnce(store, outPath, keys.clip, 'video/mp4', signal);
  });
  return keys.clip;
}

/** Somebody who does the same at the same time is not in the way. */
async function putOnce(
  store: ObjectStore,
  filePath: string,
  key: string,
  contentType: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await store.putFile(filePath, key, { contentType, cacheControl: CACHE_CONTROL, ifAbsent: true, signal });
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'STORAGE_EXISTS')) throw thrown;
  }
}
