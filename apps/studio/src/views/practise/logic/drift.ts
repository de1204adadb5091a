import { clamp } from './time-scale.ts';

/** Below a third of a picture nothing is gained by a change. */
const UNSEEN_SEC = 0.012;
/** In which a drift is to be made good. */
const HORIZON_SEC = 0.6;
const UNSEEN_HORIZON_SEC = 0.3;
/** Nobody sees a dancer move by a tenth slower for half a second. */
const MOST_SEEN_CORRECTION = 0.1;
/** What nobody sees may hurry. */
const MOST_UNSEEN_CORRECTION = 0.5;
const STEP = 0.01;
/** Browsers' rates have bounds; these are the narrowest. */
const LEAST_RATE = 0.0625;
const MOST_RATE = 16;

/** Beyond it a picture is fetched anew: to run after it would take seconds. */
const SEEK_BEYOND_SEC = 0.25;

/** @param driftSec how far the picture is ahead of where it should be; behind where negative */
export function needsSeek(driftSec: number): boolean {
  return Math.abs(driftSec) > SEEK_BEYOND_SEC;
}

/**
 * The rate that brings a picture back to where it should be, in small steps: as it should be where nobody sees a
 * difference.
 *
 * @param driftSec in seconds of the dance
 */
export function correctedRate(wantedRate: number, driftSec: number, isSeen = true): number {
  if (Math.abs(driftSec) < UNSEEN_SEC) return clamp(wantedRate, LEAST_RATE, MOST_RATE);
  const most = isSeen ? MOST_SEEN_CORRECTION : MOST_UNSEEN_CORRECTION;
  const horizonSec = isSeen ? HORIZON_SEC : UNSEEN_HORIZON_SEC;
  const correction = clamp(-driftSec / horizonSec, -most, most);
  const stepped = Math.round(correction / STEP) * STEP;
  return clamp(wantedRate * (1 + stepped), LEAST_RATE, MOST_RATE);
}
