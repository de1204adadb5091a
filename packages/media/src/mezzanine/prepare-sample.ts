import { guardedInput } from '../input-guards.ts';
import { MEMORY_LIMITS } from '../media-limits.ts';
import type { MediaPrograms } from '../media-tools.ts';
import { runFfmpeg } from '../run-ffmpeg.ts';
import { stereoFilters } from './stereo-filters.ts';

/** Enough for the speaker of a telephone: 240 kB for twenty seconds. */
const BITS_PER_SECOND = 96_000;
const FADE_IN_SEC = 0.2;
const FADE_OUT_SEC = 1;

export interface PrepareSampleOptions {
  readonly tools: MediaPrograms;
  /** Any file with a sound that `probeMedia` reads. */
  readonly soundPath: string;
  /** An m4a file. */
  readonly outPath: string;
  readonly startSec: number;
  readonly durationSec: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Encodes a part of a song to listen to: AAC, faded in and out.
 *
 * @throws AppError those of `runFfmpeg`
 */
export async function prepareSample(options: PrepareSampleOptions): Promise<void> {
  const { tools, soundPath, outPath, startSec, durationSec, signal } = options;
  const fadeOutAtSec = Math.max(0, durationSec - FADE_OUT_SEC);
  const filters = [
    `atrim=duration=${durationSec}`,
    ...stereoFilters(),
    `afade=t=in:d=${FADE_IN_SEC}`,
    `afade=t=out:st=${fadeOutAtSec}:d=${FADE_OUT_SEC}`,
  ];
  await runFfmpeg({
    tools,
    args: [
      ...['-ss', String(startSec), '-t', String(durationSec), ...guardedInput(soundPath)],
      ...['-map', '0:a:0', '-af', filters.join(',')],
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
      ...['-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', String(BITS_PER_SECOND)],
      ...['-movflags', '+faststart', '-f', 'ipod', `file:${outPath}`],
    ],
    memoryLimitBytes: MEMORY_LIMITS.soundBytes,
    signal,
  });
}
