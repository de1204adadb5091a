import { join } from 'node:path';
import {
  type MediaPrograms,
  preparedSongKey,
  prepareSoundtrack,
  SOUNDTRACK_VERSION,
} from '@bachata-buddy/media';
import { hashFile } from '@bachata-buddy/platform';
import { withCapableFfmpeg } from '../encode.ts';
import { type KeptParts, partKey } from '../kept-parts.ts';
import { type AacFile, openAacFile } from './aac-file.ts';

export interface SongSoundOptions {
  readonly tools: MediaPrograms;
  readonly songPath: string;
  readonly bitsPerSecond: number;
  /** Whether the song is brought to the common loudness. */
  readonly isNormalised: boolean;
  /** Seconds of song a second of video. */
  readonly speed: number;
  /** The file of that key, or undefined where ingest has not made it. */
  readonly findPrepared: (key: string) => Promise<string | undefined>;
  /** Looks into the song before it is encoded; throws where it cannot be. */
  readonly examine: (signal: AbortSignal) => Promise<void>;
  readonly directory: string;
  readonly kept: KeptParts | undefined;
  readonly signal: AbortSignal;
}

/**
 * The whole song as AAC: as ingest prepared it, or made here, once for a song, a bit rate, a loudness and a speed,
 * and kept. Ingest prepares songs at their own speed.
 *
 * @throws AppError of `prepareSoundtrack`, `findPrepared` and `examine`
 */
export async function makeSongSound(options: SongSoundOptions): Promise<AacFile> {
  const { songPath, bitsPerSecond, isNormalised, speed, directory, kept, signal } = options;
  const contentHash = await hashFile(songPath, signal);
  const ownSpeedKey = preparedSongKey({ contentHash, bitsPerSecond, isNormalised });
  const prepared = speed === 1 ? await options.findPrepared(ownSpeedKey) : undefined;
  if (prepared !== undefined) return openAacFile(prepared);
  const path = join(directory, 'song-sound.mp4');
  const key = partKey({
    kind: 'song',
    contentHash,
    version: SOUNDTRACK_VERSION,
    bitsPerSecond,
    isNormalised,
    ...(speed === 1 ? {} : { speed }),
  });
  if (!(await kept?.take(key, path))) {
    await options.examine(signal);
    await withCapableFfmpeg(options.tools, () => prepareSoundtrack({ ...options, outPath: path }));
    await kept?.keep(key, path);
  }
  return openAacFile(path);
}
