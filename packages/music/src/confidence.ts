import { peakNear } from './bar-pattern.ts';
import type { OnsetStrength } from './onset-strength.ts';
import { deviation, mean } from './statistics.ts';

/** How far, in standard deviations, beats stand out of noise that was searched for beats, and of clear music. */
const CONTRAST = { chance: 0.75, clear: 1.75 };

/** A tempogram that repeats at least this well takes nothing off; noise reaches about 0.08. */
const CLEAR_PERIODICITY = 0.25;
/** Fewer beats than two bars lower the confidence in proportion. */
const FULL_CONFIDENCE_BEATS = 8;

/**
 * How sure the beats are, 0..1: how far the onsets on beats stand out from those at all times.
 *
 * A tracker finds the best path even in noise, where its beats still stand out a little; that much counts as 0.
 *
 * @param onsets Onset strength of the song.
 * @param beatsSec Beat times in seconds; 0 where there are none.
 * @param periodicity How well the onsets repeat at the tempo, 0..1.
 */
export function rateBeats(onsets: OnsetStrength, beatsSec: readonly number[], periodicity: number): number {
  if (beatsSec.length === 0) return 0;
  const first = Math.max(0, Math.round(beatsSec[0]! * onsets.frameRateHz));
  const last = Math.min(onsets.frameCount - 1, Math.round(beatsSec.at(-1)! * onsets.frameRateHz));
  const everywhere = Array.from({ length: last - first + 1 }, (_, i) => strengthAt(onsets, first + i));
  const onBeats = beatsSec.map((beatSec) => strengthAt(onsets, Math.round(beatSec * onsets.frameRateHz)));
  const spread = deviation(everywhere);
  if (spread < 1e-9) return 0;
  const contrast = (mean(onBeats) - mean(everywhere)) / spread;
  const standsOut = Math.min(
    1,
    Math.max(0, (contrast - CONTRAST.chance) / (CONTRAST.clear - CONTRAST.chance)),
  );
  return (
    standsOut *
    Math.min(1, periodicity / CLEAR_PERIODICITY) *
    Math.min(1, beatsSec.length / FULL_CONFIDENCE_BEATS)
  );
}

function strengthAt(onsets: OnsetStrength, frame: number): number {
  return mean(onsets.normalised.map((band) => peakNear(band, frame)));
}
