const SECONDS_PER_MINUTE = 60;
/** A last count may be this much short of whole: a frame or two at the file's end. */
const SLACK_SEC = 0.1;
const COUNTS_PER_PHRASE = 8;
const COUNTS_PER_BAR = 4;

/**
 * How many whole counts of dance a clip holds from its first "1": a multiple of 8, else 4, else 0.
 *
 * @param durationSec length of the file @param tempoBpm counts a minute @param firstDownbeatSec the first "1"
 */
export function wholeCounts(clip: {
  durationSec: number;
  tempoBpm: number;
  firstDownbeatSec: number;
}): number {
  const dancedSec = clip.durationSec - clip.firstDownbeatSec + SLACK_SEC;
  const counts = Math.floor((dancedSec * clip.tempoBpm) / SECONDS_PER_MINUTE);
  if (counts >= COUNTS_PER_PHRASE) return counts - (counts % COUNTS_PER_PHRASE);
  return counts >= COUNTS_PER_BAR ? COUNTS_PER_BAR : 0;
}
