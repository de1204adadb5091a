import type { OnsetStrength } from './onset-strength.ts';
import { explainedByPlace } from './pattern-fit.ts';
import { mean } from './statistics.ts';

/** Dances in four are what this product plans; the other two are recognised so that they can be told. */
export type TimeSignature = '4/4' | '3/4' | '6/8';

/** How many beats make a bar, as they are counted here. */
export interface Meter {
  readonly timeSignature: TimeSignature;
  /** 4, 3, or in 6/8: 2 where beats are dotted quarters, 4 where they are halves of those. */
  readonly beatsPerBar: number;
}

const SIXTEENTHS = 4;
/** Fewer beats than these are no evidence against four: in clips of ten seconds chance explains as much. */
const LEAST_BEATS = 40;
/** Bars of three must explain this much more than bars of four, as a share of what a beat alone explains. */
const LEAST_GAIN = 0.05;

/**
 * How a song's beats are grouped and divided, by which division of the song explains its onsets.
 *
 * - 6/8: within two beats more falls on the thirds than on the halves and quarters, and the thirds of a beat, or of two,
 *   are struck
 * - 3/4: bars of three beats explain more beyond a single beat than bars of four do
 * - 4/4 otherwise
 *
 * @param beatsSec Rising; fewer than ten bars of four are called 4/4.
 */
export function findMeter(onsets: OnsetStrength, beatsSec: readonly number[]): Meter {
  if (beatsSec.length < LEAST_BEATS) return { timeSignature: '4/4', beatsPerBar: 4 };
  const divide = (beats: number, parts: number) => explainedByPlace(onsets, beatsSec, { beats, parts });
  const offBeat = (places: readonly number[]) => sum(places) - places[0]!;
  if (offBeat(divide(2, 6)) > offBeat(divide(2, 8))) {
    if (isInThree(onsets, beatsSec, 1)) return { timeSignature: '6/8', beatsPerBar: 2 };
    const areHalves = [0, 1].some((first) => isInThree(onsets, beatsSec, 2, first));
    if (areHalves) return { timeSignature: '6/8', beatsPerBar: 4 };
  }
  const [one, three, four] = [1, 3, 4].map((beats) => sum(divide(beats, beats * SIXTEENTHS))) as [
    number,
    number,
    number,
  ];
  return three - four > LEAST_GAIN * one
    ? { timeSignature: '3/4', beatsPerBar: 3 }
    : { timeSignature: '4/4', beatsPerBar: 4 };
}

/**
 * Whether spans of so many beats are divided in three: something begins on both their thirds, and more than on their half.
 * Swung eighths come late for a half, but leave the first third empty.
 *
 * @param first The beat that the first span begins on.
 */
function isInThree(
  { softened, frameRateHz }: OnsetStrength,
  beatsSec: readonly number[],
  beats: number,
  first = 0,
) {
  const starts = beatsSec.flatMap((_, i) => (i % beats === first && i + beats < beatsSec.length ? [i] : []));
  const strengthAt = (place: number) => {
    const whole = Math.floor(place * beats);
    const frames = starts.map((start) => {
      const [beatSec, nextSec] = [beatsSec[start + whole]!, beatsSec[start + whole + 1]!];
      return Math.round((beatSec + ((place * beats) % 1) * (nextSec - beatSec)) * frameRateHz);
    });
    return mean(softened.map((band) => mean(frames.map((frame) => band[frame] ?? 0))));
  };
  return Math.min(strengthAt(1 / 3), strengthAt(2 / 3)) > Math.max(0, strengthAt(1 / 2));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
