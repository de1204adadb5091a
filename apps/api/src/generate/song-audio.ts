import { join } from 'node:path';
import { parseStorageKey } from '@bachata-buddy/blueprint';
import { withScratchDirectory } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { apiError } from '../errors.ts';

export interface LocalAudioOptions {
  readonly store: ObjectStore;
  /** Storage key, `data/` in front allowed. */
  readonly audioPath: string;
  readonly signal: AbortSignal;
}

/**
 * Lets `use` read a song's audio as a file: in place where the store is on this machine, else as a copy that is
 * removed afterwards.
 *
 * @throws AppError `GENERATE_NO_AUDIO` where storage has no such file
 */
export async function withLocalAudio<T>(
  { store, audioPath, signal }: LocalAudioOptions,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const key = parseStorageKey(audioPath);
  if ((await store.stat(key)) === null) {
    throw apiError('GENERATE_NO_AUDIO', 'The audio file of this song was not found.', { details: { key } });
  }
  const inPlace = await store.localPath(key);
  if (inPlace !== null) return use(inPlace);
  return withScratchDirectory({ purpose: 'audio' }, async (directory) => {
    const copy = join(directory, 'audio');
    await store.fetchToFile(key, copy, { signal });
    return use(copy);
  });
}
