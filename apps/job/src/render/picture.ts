import type { SampleRun } from '@bachata-buddy/media';

/** The video's picture, ready to be written: samples that lie in files, and when each is shown. */
export interface Picture {
  /** What a decoder is set up with; the same for all samples. */
  readonly sampleEntry: Buffer;
  /** Ticks a second. */
  readonly timescale: number;
  readonly width: number;
  readonly height: number;
  /** In order; each begins with a keyframe. */
  readonly runs: readonly SampleRun[];
  /** Of the dance as this picture shows it, a JPEG file; undefined where its clips' own posters do. */
  readonly posterPath?: string | undefined;
}

/** Length in ticks. */
export function ticksOf({ runs }: Pick<Picture, 'runs'>): number {
  return runs.reduce(
    (sum, run) => sum + run.durationTicks.reduce((ticks, duration) => ticks + duration, 0),
    0,
  );
}

/** How many pictures there are. */
export function frameCountOf({ runs }: Pick<Picture, 'runs'>): number {
  return runs.reduce((sum, run) => sum + run.sizes.length, 0);
}
