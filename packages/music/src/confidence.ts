import { type OnsetStrength, peakNear } from './onset-strength.ts';
import { deviation, mean } from './statistics.ts';

/** How far, in standard deviations, beats stand out of noise that was searched for beats, and of clear music. */
const CONTRAST = { chance: 0.75, clear: 1.75 };
/**
 * Rise of log magnitude, in the band where it is greatest, on the mean beat: steady tones, chords and sweeps waver by up to
 * 0.04, the softest dance clip strikes with 0.17, a song with 0.5 and more.
 */
const STROKE = { wavering: 0.04, audible: 0.12 };
/** A tempogram that repeats at least this well takes nothing off; noise reaches about 0.08. */
const CLEAR_PERIODICITY = 0.25;
/** Fewer beats than two bars lower the confidence in proportion. */
const FULL_CONFIDENCE_BEATS = 8;

/**
 * How clearly beats are heard as such, 0..1: 0 where a tracker would find as much in noise, or where nothing is struck.
 *
 * A tracker finds the best path even in noise, where its beats still stand out a little from the onsets at all times;
 * and onsets are measured against those around, so that a steady tone has onsets too, which nobody hears.
 *
 * @param onsets Onset strength of the song.
 * @param beatsSec Beat times in seconds; 0 where there are none.
 */
export function rateClarity(onsets: OnsetStrength, beatsSec: readonly number[]): number {
  if (beatsSec.length === 0) return 0;
  const first = Math.max(0, Math.round(beatsSec[0]! * onsets.frameRateHz));
  const last = Math.min(onsets.frameCount - 1, Math.round(beatsSec.at(-1)! * onsets.frameRateHz));
  const everywhere = Array.from({ length: last - first + 1 }, (_, i) => strengthAt(onsets, first + i));
  const frames = beatsSec.map((beatSec) => Math.round(beatSec * onsets.frameRateHz));
  const spread = deviation(everywhere);
  if (spread < 1e-9) return 0;
  const contrast = (mean(frames.map((frame) => strengthAt(onsets, frame))) - mean(everywhere)) / spread;
  const stroke = mean(frames.map((frame) => Math.max(...onsets.raw.map((band) => peakNear(band, frame)))));
  return share(contrast, CONTRAST.chance, CONTRAST.clear) * share(stroke, STROKE.wavering, STROKE.audible);
}

/**
 * How sure the beats are, 0..1: how clearly they are heard, less where they hardly repeat or are few.
 *
 * @param clarity 0..1
 * @param periodicity How well the onsets repeat at the tempo, 0..1.
 */
export function rateBeats(clarity: number, periodicity: number, beatCount: number): number {
  return (
    clarity * Math.min(1, periodicity / CLEAR_PERIODICITY) * Math.min(1, beatCount / FULL_CONFIDENCE_BEATS)
  );
}

/** Where a value lies between two others, limited to 0..1. */
function share(value: number, nothing: number, all: number): number {
  return Math.min(1, Math.max(0, (value - nothing) / (all - nothing)));
}

function strengthAt(onsets: OnsetStrength, frame: number): number {
  return mean(onsets.normalised.map((band) => peakNear(band, frame)));
}
