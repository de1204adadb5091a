import { BEATS_PER_BAR, bachataPattern, peakNear, SLOTS_PER_BEAT } from './bar-pattern.ts';
import type { OnsetStrength } from './onset-strength.ts';
import { deviation, mean, meanRow, standardise } from './statistics.ts';
import type { Timbre } from './timbre.ts';

/** What one standard deviation of harmonic change is worth beside the rhythm's match. */
const CHORD_CHANGE_WEIGHT = 0.5;
/** What one standard deviation of change in the band's sound over a bar is worth. */
const SECTION_CHANGE_WEIGHT = 0.5;
/** What being the first beat of all is worth: less than a bar of evidence. */
const FIRST_BEAT_WEIGHT = 1;
/** Cost of leaving the count of four: eight bars of middling evidence. */
const COUNT_BREAK_COST = 40;

/** Fewer beats than four bars lower the confidence in proportion. */
const FULL_CONFIDENCE_BEATS = 16;

export interface Downbeats {
  /** Position in the bar of each beat, 0 (the "1") to 3. */
  readonly barPositions: readonly number[];
  /** How much better the chosen count explains the song than the best other, 0..1. */
  readonly confidence: number;
}

/**
 * Decide which beats are the "1".
 *
 * Evidence per beat for each place in the bar: how its four sixteenths match the bachata pattern there (bass on 1, 3,
 * 4, bongo on 4), a change of chord and a change of the whole sound, both of which belong to the 1. The best path
 * counts 1-2-3-4 and may leave the count at a cost, so that an odd bar in the song does not turn the rest around.
 *
 * Sources: M. Goto, "An audio-based real-time beat tracking system", JNMR 2001 (chord change and drum patterns as
 * evidence of the bar); G. D. Forney, "The Viterbi algorithm", Proc. IEEE 1973.
 *
 * @param onsets Onset strength of the song.
 * @param beatsSec Beat times in seconds, rising; at least one.
 * @param timbres Timbre within each beat, as many as beats.
 */
export function findDownbeats(
  onsets: OnsetStrength,
  beatsSec: readonly number[],
  timbres: readonly Timbre[],
): Downbeats {
  const rhythm = matchRhythm(onsets, beatsSec);
  const chroma = timbres.map((timbre) => timbre.chroma);
  const colour = timbres.map((timbre) => timbre.mfcc);
  const chord = standardise(beatsSec.map((_, i) => chordChange(chroma, i)));
  const section = standardise(beatsSec.map((_, i) => soundChange(colour, i)));
  const evidence = rhythm.map((scores, i) => {
    const one = CHORD_CHANGE_WEIGHT * chord[i]! + SECTION_CHANGE_WEIGHT * section[i]!;
    return scores.map((score, position) => score + (position === 0 ? one : -one / (BEATS_PER_BAR - 1)));
  });
  // Where nothing else tells, the music begins on a "1".
  evidence[0]![0]! += FIRST_BEAT_WEIGHT;
  return { barPositions: bestCount(evidence), confidence: compareCounts(evidence) };
}

/** Per beat and place in the bar: match of the onsets with what the pattern expects there. */
function matchRhythm(onsets: OnsetStrength, beatsSec: readonly number[]): number[][] {
  const pattern = bachataPattern();
  return beatsSec.map((beatSec, i) => {
    const nextSec = beatsSec[i + 1] ?? beatSec + (beatSec - (beatsSec[i - 1] ?? beatSec - 0.5));
    const scores = new Array<number>(BEATS_PER_BAR).fill(0);
    for (let step = 0; step < SLOTS_PER_BEAT; step++) {
      const frame = Math.round(
        (beatSec + ((nextSec - beatSec) * step) / SLOTS_PER_BEAT) * onsets.frameRateHz,
      );
      for (const [band, values] of onsets.normalised.entries()) {
        const onset = peakNear(values, frame);
        for (let position = 0; position < BEATS_PER_BAR; position++) {
          scores[position]! += (onset * pattern[band]![position * SLOTS_PER_BEAT + step]!) / SLOTS_PER_BEAT;
        }
      }
    }
    return scores;
  });
}

/** Cosine distance of the chroma of the two beats before and the two from beat i on, 0..1. */
function chordChange(chroma: readonly (readonly number[])[], i: number): number {
  return cosineDistance(meanRow(chroma.slice(Math.max(0, i - 2), i)), meanRow(chroma.slice(i, i + 2)));
}

/** Distance of the mean sound of the bar before beat i and the bar from it on. */
function soundChange(colour: readonly (readonly number[])[], i: number): number {
  const before = meanRow(colour.slice(Math.max(0, i - BEATS_PER_BAR), i));
  const after = meanRow(colour.slice(i, i + BEATS_PER_BAR));
  if (before.length === 0 || after.length === 0) return 0;
  return Math.sqrt(before.reduce((sum, value, k) => sum + (value - after[k]!) ** 2, 0));
}

function bestCount(evidence: readonly (readonly number[])[]): number[] {
  let scores = [...evidence[0]!];
  const trail: number[][] = [];
  for (let i = 1; i < evidence.length; i++) {
    const top = scores.indexOf(Math.max(...scores));
    const choices: number[] = [];
    const next = evidence[i]!.map((score, position) => {
      const counted = (position + BEATS_PER_BAR - 1) % BEATS_PER_BAR;
      const broken = scores[top]! - COUNT_BREAK_COST > scores[counted]!;
      choices.push(broken ? top : counted);
      return score + (broken ? scores[top]! - COUNT_BREAK_COST : scores[counted]!);
    });
    trail.push(choices);
    scores = next;
  }
  const positions = [scores.indexOf(Math.max(...scores))];
  for (const choices of trail.reverse()) positions.push(choices[positions.at(-1)!]!);
  return positions.reverse();
}

/** Margin of the best of the four counts over the next, relative to the scatter of evidence: 1 - exp(-z / 2). */
function compareCounts(evidence: readonly (readonly number[])[]): number {
  const totals = Array.from({ length: BEATS_PER_BAR }, (_, shift) =>
    evidence.map((scores, i) => scores[(i + shift) % BEATS_PER_BAR]!),
  );
  const ranked = totals
    .map((values) => ({ values, sum: values.reduce((a, b) => a + b, 0) }))
    .sort((a, b) => b.sum - a.sum);
  const margins = ranked[0]!.values.map((value, i) => value - ranked[1]!.values[i]!);
  const spread = deviation(margins);
  if (spread < 1e-9) return 0;
  const certainty = 1 - Math.exp((-mean(margins) / spread) * Math.sqrt(margins.length) * 0.5);
  return certainty * Math.min(1, margins.length / FULL_CONFIDENCE_BEATS);
}

function cosineDistance(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
  const norms = Math.hypot(...a) * Math.hypot(...b);
  return norms > 0 ? 1 - dot / norms : 0;
}
