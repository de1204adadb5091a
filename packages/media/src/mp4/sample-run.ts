import type { MovieTrack } from './movie.ts';
import type { SampleRun } from './movie-to-write.ts';

/**
 * Samples of a track as a run to be written.
 *
 * @param first number of the first sample, from 0 @param durationTicks of each, in ticks of the track that is written;
 * as many as samples are taken
 */
export function sampleRun(
  path: string,
  { samples }: MovieTrack,
  first: number,
  durationTicks: Uint32Array,
): SampleRun {
  const end = first + durationTicks.length;
  return {
    path,
    offsets: samples.offsets.subarray(first, end),
    sizes: samples.sizes.subarray(first, end),
    durationTicks,
    isSync: samples.isSync.subarray(first, end),
  };
}
