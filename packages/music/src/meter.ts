import type { OnsetStrength } from './onset-strength.ts';
import { explainedByPlace } from './pattern-fit.ts';

/** Dances in four are what this product plans; the other two are recognised so that they can be told. */
export type TimeSignature = '4/4' | '3/4' | '6/8';

const SIXTEENTHS = 4;
/** Bars of three must explain this much more than bars of four, as a share of what a beat alone explains. */
const LEAST_GAIN = 0.05;

/**
 * How a song's beats are grouped and divided, by which division of the song explains its onsets.
 *
 * - 6/8: within two beats more falls on the thirds than on the halves and quarters
 * - 3/4: bars of three beats explain more beyond a single beat than bars of four do
 * - 4/4 otherwise
 *
 * @param beatsSec Rising; fewer than four bars are called 4/4.
 */
export function findTimeSignature(onsets: OnsetStrength, beatsSec: readonly number[]): TimeSignature {
  if (beatsSec.length < 4 * 4) return '4/4';
  const divide = (beats: number, parts: number) => explainedByPlace(onsets, beatsSec, { beats, parts });
  const offBeat = (places: readonly number[]) => sum(places) - places[0]!;
  if (offBeat(divide(2, 6)) > offBeat(divide(2, 8))) return '6/8';
  const [one, three, four] = [1, 3, 4].map((beats) => sum(divide(beats, beats * SIXTEENTHS))) as [
    number,
    number,
    number,
  ];
  return three - four > LEAST_GAIN * one ? '3/4' : '4/4';
}

/** Beats of a bar, as beats are counted here: a 6/8 bar has two slow ones of two halves each. */
export function beatsPerBarOf(signature: TimeSignature): number {
  return signature === '3/4' ? 3 : 4;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
