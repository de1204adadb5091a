/** Of clips as they are prepared; those that are danced faster have more a second. */
const PICTURES_PER_SECOND = 30;

/**
 * Where to seek for the picture before or behind the one that is shown. The middle of it: a time on the edge of two
 * pictures shows either.
 *
 * @param pictureSec where the one that is shown begins
 * @param playbackRate of the move it belongs to
 */
export function neighbouringPictureSec(pictureSec: number, direction: 1 | -1, playbackRate: number): number {
  const lengthSec = 1 / (PICTURES_PER_SECOND * playbackRate);
  return Math.max(0, pictureSec + (direction + 0.5) * lengthSec);
}
