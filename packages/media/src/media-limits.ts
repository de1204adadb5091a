/** What a song, a clip or a sent film may be at most; anything beyond is refused before it costs much. */
export const MEDIA_LIMITS = {
  fileBytes: 8 * 1024 ** 3,
  streams: 32,
  /** Five hours at 60 pictures a second. */
  frames: 1_080_000,
  /** The same in seconds: what says that it is longer lies, or is no dance. */
  durationSec: 5 * 3_600,
  /** A film shows another picture now and then; one that claims fewer claims a length that it has not. */
  secondsPerFrame: 10,
} as const;

/** Memory that a program may take, in bytes; where more is asked for it ends. */
export const MEMORY_LIMITS = {
  /** ffprobe takes 50 MB for usual files; the pictures that it decodes to describe a 4K film take 100 more. */
  probeBytes: 280 * 1024 ** 2,
  /** Sound is decoded a packet at a time. */
  soundBytes: 1024 ** 3,
  /** Pictures of 8K, decoded by as many threads as there are processors. */
  pictureBytes: 6 * 1024 ** 3,
} as const;
