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
import { withScratchDirectory } from '@bachata-buddy/platform';
import { putOnce } from '@bachata-buddy/storage';
import type { IngestContext } from './ingest-context.ts';
import type { WorkOptions } from './side-by-side.ts';

export interface MoveSource extends CountedClip {
  readonly filePath: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly contentHash: string;
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
  { threadCount, signal, onProgress }: Partial<WorkOptions>,
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
      tools,
      size,
      outPath,
      posterPath,
      sheetPath,
      threadCount,
      signal,
      onProgress,
      path: source.filePath,
      probe: await probeMedia(tools, source.filePath, { signal }),
      keyframeTimesSec: countTimesSec(source),
      posterTimeSec: source.firstDownbeatSec,
    });
    // The clip last: where it is, everything is.
    await putOnce(store, { filePath: posterPath, key: keys.poster, contentType: 'image/jpeg', signal });
    await putOnce(store, { filePath: sheetPath, key: keys.sheet, contentType: 'image/jpeg', signal });
    await putOnce(store, { filePath: outPath, key: keys.clip, contentType: 'video/mp4', signal });
  });
  return keys.clip;
}
