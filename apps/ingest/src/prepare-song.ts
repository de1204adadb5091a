import { join } from 'node:path';
import { BLUEPRINT_DEFAULTS } from '@bachata-buddy/blueprint';
import { preparedSongKey, prepareSoundtrack, toBitsPerSecond } from '@bachata-buddy/media';
import { withScratchDirectory } from '@bachata-buddy/platform';
import type { IngestContext } from './ingest-context.ts';
import { putOnce } from './put-once.ts';

/** The sound of a blueprint that wishes for nothing else. */
const USUAL_SOUND = {
  bitsPerSecond: toBitsPerSecond(BLUEPRINT_DEFAULTS.audioBitrate),
  isNormalised: BLUEPRINT_DEFAULTS.normalizeAudio,
};

/** @param contentHash SHA-256 of the song's file, hexadecimal */
export async function isSongPrepared(
  { store }: Pick<IngestContext, 'store'>,
  contentHash: string,
): Promise<boolean> {
  return (await store.stat(preparedSongKey({ contentHash, ...USUAL_SOUND }))) !== null;
}

/**
 * Makes the soundtrack of a whole song, as videos carry it unless a blueprint says otherwise, and stores it.
 *
 * @throws AppError of `prepareSoundtrack` and of the store
 */
export async function prepareSong(
  { store, tools }: Pick<IngestContext, 'store' | 'tools'>,
  {
    filePath,
    contentHash,
    signal,
  }: { filePath: string; contentHash: string; signal?: AbortSignal | undefined },
): Promise<void> {
  await withScratchDirectory({ purpose: 'prepare-song' }, async (directory) => {
    const outPath = join(directory, 'soundtrack.m4a');
    await prepareSoundtrack({ tools, songPath: filePath, outPath, ...USUAL_SOUND, signal });
    const key = preparedSongKey({ contentHash, ...USUAL_SOUND });
    await putOnce(store, { filePath: outPath, key, contentType: 'audio/mp4', signal });
  });
}
