import type { Sound } from './sound.ts';
import { visitSpectra } from './spectrogram.ts';

/** 186 ms at 22,050 Hz: partials of neighbouring semitones are apart from about 200 Hz on. */
const WINDOW_SIZE = 4096;
/** Where in a beat it is listened to, once in each half: past the attacks on the beat and on its half. */
const PLACES_IN_BEAT = [0.3, 0.75];
/** What counts as harmony, in Hz. */
const PITCH_RANGE_HZ = { lowest: 110, highest: 1800 };
/** Partials under this share of the strongest are room and noise. */
const LEAST_SHARE = 0.02;
const PITCH_CLASSES = 12;

/** Strength of the twelve pitch classes from A, Float32Array [12] of unit length; all 0 where nothing has a pitch. */
export type Chroma = Float32Array;

/** Which notes sound in the beats of a song. */
export interface Harmony {
  /** Within each beat; as many as beats. */
  readonly beats: readonly Chroma[];
  /** Within the first and the second half of each; twice as many. */
  readonly halves: readonly Chroma[];
}

/**
 * Which notes sound in each beat, from the peaks of the spectrum at one place in each half of it.
 *
 * Peaks are placed between the bins by a parabola, for the bins are as wide as a semitone at the low end.
 *
 * Source: T. Fujishima, "Realtime chord recognition of musical sound", ICMC 1999 (pitch class profiles); J. O. Smith &
 * X. Serra, "PARSHL", ICMC 1987 (parabolic interpolation of peaks).
 *
 * @param beatsSec Rising.
 */
export function measureHarmony(sound: Sound, sampleRateHz: number, beatsSec: readonly number[]): Harmony {
  const binHz = sampleRateHz / WINDOW_SIZE;
  const halves = beatsSec.flatMap((beatSec, i) => {
    const lengthSec = (beatsSec[i + 1] ?? beatSec + 0.5) - beatSec;
    return PLACES_IN_BEAT.map((place) => {
      const chroma = new Float32Array(PITCH_CLASSES);
      const startSample = Math.round((beatSec + place * lengthSec) * sampleRateHz);
      visitSpectra(sound, { windowSize: WINDOW_SIZE, hopSize: 1, startSample, frameCount: 1 }, (powers) =>
        addPeaks(chroma, powers, binHz),
      );
      return chroma;
    });
  });
  return {
    beats: beatsSec.map((_, i) => unitLength(sumRows(halves, 2 * i, 2 * i + 2))),
    halves: halves.map(unitLength),
  };
}

/**
 * How much the notes change at beat (or half) i: the cosine distance of those before it and of those from it on, 0..1.
 *
 * @param reach Beats (or halves) on each side, fewer at the song's ends.
 */
export function harmonicChange(rows: readonly Float32Array[], i: number, reach: number): number {
  const before = sumRows(rows, Math.max(0, i - reach), i);
  const after = sumRows(rows, i, Math.min(rows.length, i + reach));
  return cosineDistance(before, after);
}

/** 0 for the same direction and where one of them is all 0; 1 for nothing in common. */
function cosineDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let k = 0; k < a.length; k++) {
    dot += a[k]! * b[k]!;
    squaresA += a[k]! ** 2;
    squaresB += b[k]! ** 2;
  }
  return squaresA > 0 && squaresB > 0 ? 1 - dot / Math.sqrt(squaresA * squaresB) : 0;
}

export function sumRows(rows: readonly Float32Array[], from: number, to: number): Float32Array {
  const sum = new Float32Array(rows[0]?.length ?? 0);
  for (let i = from; i < to; i++) {
    for (let k = 0; k < sum.length; k++) sum[k]! += rows[i]![k]!;
  }
  return sum;
}

function addPeaks(classes: Float32Array, powers: Float32Array, binHz: number): void {
  const from = Math.max(1, Math.ceil(PITCH_RANGE_HZ.lowest / binHz));
  const to = Math.min(powers.length - 2, Math.floor(PITCH_RANGE_HZ.highest / binHz));
  let strongest = 0;
  for (let bin = from; bin <= to; bin++) strongest = Math.max(strongest, powers[bin]!);
  const least = LEAST_SHARE ** 2 * strongest;
  for (let bin = from; bin <= to; bin++) {
    const power = powers[bin]!;
    if (power < least || power < powers[bin - 1]! || power <= powers[bin + 1]!) continue;
    const [left, level, right] = [powers[bin - 1]!, power, powers[bin + 1]!].map(Math.sqrt) as Triple;
    const curvature = left - 2 * level + right;
    const frequencyHz = (bin + (curvature < 0 ? (0.5 * (left - right)) / curvature : 0)) * binHz;
    const semitone = Math.round(12 * Math.log2(frequencyHz / 440));
    classes[((semitone % PITCH_CLASSES) + PITCH_CLASSES) % PITCH_CLASSES]! += Math.sqrt(level);
  }
}

type Triple = [number, number, number];

function unitLength(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return values.map((value) => (length > 0 ? value / length : 0));
}
