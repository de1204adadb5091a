import { BEATS_PER_BAR, SLOTS_PER_BEAT } from './bar-pattern.ts';
import { sumRows } from './harmony.ts';
import { type OnsetStrength, peakNear } from './onset-strength.ts';
import type { Rhythm } from './rhythm.ts';
import type { Timbre } from './timbre.ts';

/** What one bar sounds like. */
export interface Bar {
  readonly startSec: number;
  readonly endSec: number;
  /** Per band, mean raw onset strength on the beats, on the "and"s and on the sixteenths between: [bands][3]. */
  readonly density: readonly (readonly number[])[];
  /** Raw onset strength of the bass on each of the four beats. */
  readonly bassOnBeats: readonly number[];
  /** Mean timbre [13]; the first is loudness. */
  readonly mfcc: readonly number[];
  /** Mean root mean square of the samples. */
  readonly rms: number;
  /** Notes of the bar, Float32Array [12] of unit length. */
  readonly chroma: Float32Array;
}

/**
 * Cut a song into bars at its downbeats and describe each.
 *
 * Beats before the first downbeat belong to no bar, nor does an unfinished bar at the end, unless it is the only one.
 *
 * @param durationSec End of the last bar at the latest.
 * @returns Bars in order; empty where there is no downbeat.
 */
export function describeBars(rhythm: Rhythm, durationSec: number): Bar[] {
  const { beats, barPositions } = rhythm;
  const { beatsPerBar } = rhythm.meter;
  const ones = beats.flatMap((_, i) => (barPositions[i] === 0 ? [i] : []));
  if (ones.length > 1 && beats.length - ones.at(-1)! < beatsPerBar) ones.pop();
  return ones.map((from, k) => {
    const to = ones[k + 1] ?? Math.min(beats.length, from + beatsPerBar);
    const beatSec = 60 / rhythm.tempoBpm;
    const endSec = to < beats.length ? beats[to]! : Math.min(durationSec, beats[to - 1]! + beatSec);
    const times = [...beats.slice(from, to), endSec];
    return {
      startSec: beats[from]!,
      endSec,
      ...describeBar(rhythm.onsets, times, rhythm.timbres.slice(from, to)),
      chroma: chromaOf(rhythm, from, to),
    };
  });
}

function describeBar(
  onsets: OnsetStrength,
  times: readonly number[],
  timbres: readonly Timbre[],
): Omit<Bar, 'startSec' | 'endSec' | 'chroma'> {
  const beatCount = times.length - 1;
  const density = onsets.raw.map(() => [0, 0, 0]);
  const bassOnBeats = new Array<number>(BEATS_PER_BAR).fill(0);
  for (let beat = 0; beat < beatCount; beat++) {
    for (let step = 0; step < SLOTS_PER_BEAT; step++) {
      const timeSec = times[beat]! + ((times[beat + 1]! - times[beat]!) * step) / SLOTS_PER_BEAT;
      const frame = Math.round(timeSec * onsets.frameRateHz);
      const kind = step === 0 ? 0 : step === 2 ? 1 : 2;
      const share = (kind === 2 ? 0.5 : 1) / beatCount;
      for (const [band, values] of onsets.raw.entries())
        density[band]![kind]! += share * peakNear(values, frame);
      if (step === 0 && beat < BEATS_PER_BAR) bassOnBeats[beat] = peakNear(onsets.raw[0]!, frame);
    }
  }
  const mean = (pick: (timbre: Timbre) => number) =>
    timbres.reduce((sum, timbre) => sum + pick(timbre), 0) / timbres.length;
  const mfcc = timbres[0]!.mfcc.map((_, k) => mean((timbre) => timbre.mfcc[k]!));
  return { density, bassOnBeats, mfcc, rms: mean((timbre) => timbre.rms) };
}

function chromaOf({ harmonies }: Rhythm, from: number, to: number): Float32Array {
  const sum = sumRows(harmonies, from, to);
  const length = Math.hypot(...sum);
  return sum.map((value) => (length > 0 ? value / length : 0));
}
