import { dirname } from 'node:path';
import { hasCode } from '@bachata-buddy/platform';
import { mediaError } from '../errors.ts';
import { guardedInput } from '../input-guards.ts';
import { MEMORY_LIMITS } from '../media-limits.ts';
import type { MediaPrograms } from '../media-tools.ts';
import { readMovie } from '../mp4/read-movie.ts';
import { runFfmpeg } from '../run-ffmpeg.ts';
import { gainDecibels } from './loudness.ts';
import { measureLoudness } from './measure-loudness.ts';
import { MAX_SOUNDTRACK_SEC, speedFilters, stereoFilters } from './stereo-filters.ts';

export interface PrepareSoundtrackOptions {
  readonly tools: MediaPrograms;
  /** Any file with a sound that `probeMedia` reads. */
  readonly songPath: string;
  readonly bitsPerSecond: number;
  /** Brought to the common loudness (see `gainDecibels`), measured over the whole song; else as it is. */
  readonly isNormalised: boolean;
  /** Seconds of song a second of soundtrack, 0.5 to 2, the pitch kept. Default 1. */
  readonly speed?: number | undefined;
  /** An m4a file. What is made on the way lies beside it, and is taken away. */
  readonly outPath: string;
  readonly signal?: AbortSignal | undefined;
}

export interface PreparedSoundtrack {
  /** By which the song was made louder; negative for softer. */
  readonly gainDb: number;
}

/**
 * Encodes a whole song once, as videos carry it: AAC-LC, 48 kHz, stereo. Sample 0 of what a player plays is the start of
 * the song's file; the encoder's delay in front of it is named in the edit list. A video of it copies packets.
 *
 * Two runs of ffmpeg, or one where nothing has to be measured first.
 *
 * @throws AppError `MEDIA_NO_AUDIO` where not a single sample can be decoded; those of `runFfmpeg`
 */
export async function prepareSoundtrack(options: PrepareSoundtrackOptions): Promise<PreparedSoundtrack> {
  const { tools, songPath, bitsPerSecond, isNormalised, speed = 1, outPath, signal } = options;
  const loudness = isNormalised
    ? await measureLoudness({ tools, songPath, directory: dirname(outPath), signal })
    : undefined;
  const gainDb = gainDecibels(loudness);
  const filters = [
    ...stereoFilters(),
    ...(speed === 1 ? [] : speedFilters(speed)),
    `atrim=end=${MAX_SOUNDTRACK_SEC}`,
    ...(gainDb === 0 ? [] : [`volume=${gainDb.toFixed(2)}dB`]),
  ];
  await runFfmpeg({
    tools,
    args: [
      ...[...guardedInput(songPath), '-map', '0:a:0', '-af', filters.join(',')],
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
      ...['-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', String(bitsPerSecond)],
      ...['-movflags', '+faststart', '-f', 'ipod', `file:${outPath}`],
    ],
    memoryLimitBytes: MEMORY_LIMITS.soundBytes,
    signal,
  });
  if ((await countSamples(outPath)) === 0) throw mediaError('MEDIA_NO_AUDIO', 'The file has no sound');
  return { gainDb };
}

async function countSamples(path: string): Promise<number> {
  try {
    return (await readMovie(path)).tracks[0]?.samples.count ?? 0;
  } catch (thrown) {
    // Of no sample ffmpeg makes a file without a track.
    if (hasCode(thrown, 'MEDIA_INDEX_INVALID')) return 0;
    throw thrown;
  }
}
