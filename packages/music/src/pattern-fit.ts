import { BEATS_PER_BAR, SLOTS_PER_BAR } from './bar-pattern.ts';
import type { OnsetStrength } from './onset-strength.ts';

/** How much of what begins in a song its own bar explains; squared standard deviations a second. */
export interface PatternFit {
  /** Explained by the mean bar; below 0 where it explains less than chance does. */
  readonly bar: number;
  /** Explained by a mean bar of half the length: as much as `bar` where the halves of a bar are alike. */
  readonly halfBar: number;
}

/**
 * How well a count of beats explains when things begin in a song, by the sixteenths of its bars.
 *
 * Where a count is right, the same sixteenth of every bar sounds alike, and the mean bar foretells the onsets. Counted per
 * second, so that counts of different tempi can be compared: two thirds of the right tempo explain a third of what the
 * right one does, for nothing repeats on its sixteenths.
 *
 * @param beatsSec Rising, at least two.
 */
export function fitPattern(onsets: OnsetStrength, beatsSec: readonly number[]): PatternFit {
  const fit = (beats: number) => {
    const parts = (SLOTS_PER_BAR / BEATS_PER_BAR) * beats;
    return explainedByPlace(onsets, beatsSec, { beats, parts }).reduce((sum, place) => sum + place, 0);
  };
  return { bar: fit(BEATS_PER_BAR), halfBar: fit(BEATS_PER_BAR / 2) };
}

/**
 * What each place of a repeating span explains of the onsets, in squared standard deviations a second.
 *
 * The beats are cut into spans of so many beats and each into so many equal parts. For each part: the squared mean of its
 * onsets over all spans times their number, less what chance would give (the variance of such a mean), all bands together.
 * It is a one-way analysis of variance with the place as the factor.
 *
 * @param span `beats` a span has, and the `parts` it is divided into.
 * @returns As many as parts; their sum is what the division explains.
 */
export function explainedByPlace(
  onsets: OnsetStrength,
  beatsSec: readonly number[],
  { beats, parts }: { readonly beats: number; readonly parts: number },
): number[] {
  const durationSec = beatsSec.at(-1)! - beatsSec[0]!;
  const explained = new Array<number>(parts).fill(0);
  const frames = placesOf(onsets.frameRateHz, beatsSec, beats, parts);
  for (const band of onsets.softened) {
    const usual = usualStrength(band);
    for (let part = 0; part < parts; part++) {
      explained[part]! += explainedAt(band, usual, frames, part, parts) / durationSec;
    }
  }
  return explained;
}

/** Frames of all places in order: place i lies in part `i % parts` of its span. */
function placesOf(
  frameRateHz: number,
  beatsSec: readonly number[],
  beats: number,
  parts: number,
): Int32Array {
  const places: number[] = [];
  for (let from = 0; from + beats < beatsSec.length; from += beats) {
    for (let part = 0; part < parts; part++) {
      const beat = (part * beats) / parts;
      const whole = from + Math.floor(beat);
      const lengthSec = beatsSec[whole + 1]! - beatsSec[whole]!;
      places.push(Math.round((beatsSec[whole]! + (beat % 1) * lengthSec) * frameRateHz));
    }
  }
  return Int32Array.from(places);
}

function explainedAt(
  band: Float32Array,
  usual: number,
  frames: Int32Array,
  part: number,
  parts: number,
): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let i = part; i < frames.length; i += parts) {
    const value = (band[frames[i]!] ?? 0) - usual;
    count++;
    sum += value;
    squares += value * value;
  }
  if (count < 2) return 0;
  const mean = sum / count;
  return count * mean * mean - (squares / count - mean * mean);
}

function usualStrength(band: Float32Array): number {
  let sum = 0;
  for (let frame = 0; frame < band.length; frame++) sum += band[frame]!;
  return sum / Math.max(1, band.length);
}
