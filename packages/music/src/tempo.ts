import type { OnsetStrength } from './onset-strength.ts';

/** Beat periods are looked for in this range; songs are danced to from 75 to 190 BPM. */
const TEMPO_RANGE_BPM = { lowest: 70, highest: 200 };
/** A tempogram row covers 12 s and follows the last after 3 s. */
const ROW_SEC = 12;
const ROW_HOP_SEC = 3;
/** Lags, in beats, at which a rhythm in four repeats itself; the bar counts most. */
const LAG_WEIGHTS: ReadonlyArray<readonly [number, number]> = [
  [1, 0.25],
  [2, 0.3],
  [4, 0.45],
];
/** How much of a row is the row's own; the rest is the song's mean, so that a break does not lose the tempo. */
const OWN_SHARE = 0.6;

/**
 * Of a period and its half, one with this share of the other's strength is as strong: a beat that falls between two frames
 * loses up to 6 % in clicks.
 */
const EQUAL_SHARE = 0.9;

/** How well each beat period explains the onsets, over time. */
export interface Tempogram {
  /** Beat periods in frames, rising, consecutive whole numbers. */
  readonly periods: readonly number[];
  /** Frames between two rows. */
  readonly rowHopFrames: number;
  /** Float32Array [periods] per row: strength, at most 1. At least one row. */
  readonly rows: readonly Float32Array[];
  /** Mean of all rows. */
  readonly global: Float32Array;
}

/**
 * Autocorrelation tempogram over the beat periods of 70..200 BPM.
 *
 * Each period is scored by the autocorrelation of the onset strength at one, two and four beats: the bar is what tells
 * the beat from three eighths.
 *
 * Source: P. Grosche & M. Müller, "Extracting predominant local pulse information from music recordings", IEEE TASLP
 * 2011 (local tempogram).
 *
 * @param onsets Onset strength of at least one frame.
 */
export function measureTempogram(onsets: OnsetStrength): Tempogram {
  const combined = combineBands(onsets);
  const periods = candidatePeriods(onsets.frameRateHz);
  const rowFrames = Math.round(ROW_SEC * onsets.frameRateHz);
  const rowHopFrames = Math.round(ROW_HOP_SEC * onsets.frameRateHz);
  const rowCount = Math.max(1, Math.ceil(onsets.frameCount / rowHopFrames));
  const spans = Array.from({ length: rowCount }, (_, row) => {
    const centre = row * rowHopFrames + rowHopFrames / 2;
    const from = Math.max(0, Math.round(centre - rowFrames / 2));
    return { from, to: Math.min(onsets.frameCount, from + rowFrames) };
  });
  const longestLag = periods.at(-1)! * 4 + 4;
  const local = autocorrelate(combined, spans, longestLag).map((row) => scorePeriods(row, periods));
  const global = Float32Array.from(
    periods,
    (_, p) => local.reduce((sum, row) => sum + row[p]!, 0) / rowCount,
  );
  const rows = local.map((row) => row.map((value, p) => OWN_SHARE * value + (1 - OWN_SHARE) * global[p]!));
  return { periods, rowHopFrames, rows, global };
}

/**
 * The period in frames that a tempogram is strongest at; of two that are nearly as strong, the shorter where it goes twice
 * into the longer: what repeats after one beat repeats after two, and which of them looks stronger is decided by how
 * well each falls on whole frames, in the end by the rounding of floating point numbers.
 *
 * @param isWanted Which periods may be the answer.
 * @returns `null` where no wanted period has any strength.
 */
export function findStrongestPeriod(
  { periods, global }: Tempogram,
  isWanted: (period: number) => boolean = () => true,
): number | null {
  const strongest = (from: number, to: number) => {
    let best: { period: number; strength: number } | null = null;
    for (const [p, period] of periods.entries()) {
      if (period < from || period > to || !isWanted(period)) continue;
      if (global[p]! > (best?.strength ?? 0)) best = { period, strength: global[p]! };
    }
    return best;
  };
  const whole = strongest(0, Number.POSITIVE_INFINITY);
  if (whole === null) return null;
  const half = strongest(Math.floor((whole.period - 1) / 2), Math.ceil((whole.period + 1) / 2));
  return half !== null && half.strength >= EQUAL_SHARE * whole.strength ? half.period : whole.period;
}

/** The part of a tempogram between two periods in frames, both included; at least one period. */
export function cutTempogram(tempogram: Tempogram, shortest: number, longest: number): Tempogram {
  const { periods, rowHopFrames, rows, global } = tempogram;
  const from = Math.min(periods.length - 1, Math.max(0, Math.ceil(shortest) - periods[0]!));
  const to = Math.max(from + 1, Math.min(periods.length, Math.floor(longest) - periods[0]! + 1));
  return {
    periods: periods.slice(from, to),
    rowHopFrames,
    rows: rows.map((row) => row.subarray(from, to)),
    global: global.subarray(from, to),
  };
}

function candidatePeriods(frameRateHz: number): number[] {
  const shortest = Math.floor((60 * frameRateHz) / TEMPO_RANGE_BPM.highest);
  const longest = Math.ceil((60 * frameRateHz) / TEMPO_RANGE_BPM.lowest);
  return Array.from({ length: longest - shortest + 1 }, (_, i) => shortest + i);
}

function combineBands(onsets: OnsetStrength): Float64Array {
  const combined = new Float64Array(onsets.frameCount);
  for (const band of onsets.normalised) {
    for (let i = 0; i < combined.length; i++) combined[i]! += band[i]! / onsets.normalised.length;
  }
  return combined;
}

/** Normalised autocorrelation at the lags of each period, peak-picked within a frame to allow for a tempo in between. */
function scorePeriods(correlation: Float64Array, periods: readonly number[]): Float32Array {
  const energy = correlation[0]! || 1;
  return Float32Array.from(periods, (period) => {
    let score = 0;
    for (const [beats, weight] of LAG_WEIGHTS) {
      const reach = beats === 4 ? 2 : 1;
      let peak = Number.NEGATIVE_INFINITY;
      for (let lag = period * beats - reach; lag <= period * beats + reach; lag++) {
        peak = Math.max(peak, correlation[lag]! / energy);
      }
      score += weight * peak;
    }
    return score;
  });
}

/**
 * Autocorrelation of each span for lags 0..longest, each divided by the number of terms it could have had at most half of.
 *
 * Spans overlap: the products of a lag are added up once for the whole series, and a span has the difference of two sums.
 */
function autocorrelate(
  values: Float64Array,
  spans: ReadonlyArray<{ readonly from: number; readonly to: number }>,
  longestLag: number,
): Float64Array[] {
  const correlations = spans.map(() => new Float64Array(longestLag + 1));
  const sums = new Float64Array(values.length + 1);
  for (let lag = 0; lag <= longestLag; lag++) {
    let sum = 0;
    for (let i = 0; i + lag < values.length; i++) {
      sum += values[i]! * values[i + lag]!;
      sums[i + 1] = sum;
    }
    for (const [k, { from, to }] of spans.entries()) {
      const n = to - from;
      if (lag >= n) continue;
      // Unbiased for the lags of interest, but never more than doubled: a clip of a bar and a half must not fool us.
      correlations[k]![lag] = (sums[to - lag]! - sums[from]!) / Math.max(n - lag, n / 2);
    }
  }
  return correlations;
}
