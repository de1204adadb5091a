/** Of every soundtrack. */
export const SOUNDTRACK_SAMPLE_RATE_HZ = 48_000;

/** As long as a video may be; a song that goes on has no end. */
export const MAX_SOUNDTRACK_SEC = 2 * 60 * 60;

/** Filters that bring any sound to a soundtrack's samples; sample 0 is the start of the file, as for who measures beats. */
export function stereoFilters(): string[] {
  return [
    `aresample=${SOUNDTRACK_SAMPLE_RATE_HZ}:async=1:first_pts=0`,
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
  ];
}
