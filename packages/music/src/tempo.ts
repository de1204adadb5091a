import type { OnsetStrength } from './onset-strength.ts';

/** Soft edges of bachata tempo in beats per minute; between the inner pair every tempo is equally likely a priori. */
const TEMPO_PRIOR_BPM = { lowest: 86, likelyFrom: 108, likelyTo: 152, highest: 178 };
/** A tempogram row covers 12 s and follows the last after 3 s. */
const ROW_SEC = 12;
const ROW_HOP_SEC = 3;
/** Lags, in beats, at which a rhythm in four repeats itself; the bar counts most. */
const LAG_WEIGHTS: ReadonlyArray<readonly [number, number]> = [
  [1, 0.25],
  [2, 0.3],
  [4, 0.45],
];

/** How well each beat period explains the onsets, over time. */
export interface Tempogram {
  /** Candidate beat periods in frames, rising, consecutive whole numbers. */
  readonly periods: readonly number[];
  /** Frames between two rows. */
  readonly rowHopFrames: number;
  /** Float32Array [periods] per row: strength 0..1, prior included. At least one row. */
  readonly rows: readonly Float32Array[];
  /** Mean of all rows. */
  readonly global: Float32Array;
  /** Most likely tempo of the whole in beats per minute; 0 where nothing repeats. */
  readonly tempoBpm: number;
  /** Autocorrelation reached by that tempo, 0..1: 1 for a machine, near 0 for noise. */
  readonly periodicity: number;
}

/**
 * Autocorrelation tempogram over the beat periods of 86..178 BPM with a bachata prior.
 *
 * Each period is scored by the autocorrelation of the onset strength at one, two and four beats: the bar is what tells
 * the beat from three eighths. A row is mixed with the mean of the song, so that a break without rhythm
 * does not lose the tempo.
 *
 * Sources: P. Grosche & M. Müller, "Extracting predominant local pulse information from music recordings", IEEE TASLP
 * 2011 (local tempogram); D. Ellis, "Beat tracking by dynamic programming", JNMR 2007 (log-tempo prior).
 *
 * @param onsets Onset strength of at least one frame.
 */
export function measureTempogram(onsets: OnsetStrength): Tempogram {
  const combined = combineBands(onsets);
  const periods = candidatePeriods(onsets.frameRateHz);
  const prior = periods.map((period) => tempoPrior((60 * onsets.frameRateHz) / period));
  const rowFrames = Math.round(ROW_SEC * onsets.frameRateHz);
  const rowHopFrames = Math.round(ROW_HOP_SEC * onsets.frameRateHz);
  const rowCount = Math.max(1, Math.ceil(onsets.frameCount / rowHopFrames));
  const local = Array.from({ length: rowCount }, (_, row) => {
    const centre = row * rowHopFrames + rowHopFrames / 2;
    const from = Math.max(0, Math.round(centre - rowFrames / 2));
    return scorePeriods(combined.subarray(from, from + rowFrames), periods);
  });
  const mean = Float32Array.from(periods, (_, p) => local.reduce((sum, row) => sum + row[p]!, 0) / rowCount);
  const rows = local.map((row) =>
    row.map((value, p) => prior[p]! * Math.max(0, 0.6 * value + 0.4 * mean[p]!)),
  );
  const global = mean.map((value, p) => prior[p]! * Math.max(0, value));
  const best = global.indexOf(Math.max(...global));
  const found = global[best]! > 0;
  return {
    periods,
    rowHopFrames,
    rows,
    global,
    tempoBpm: found ? (60 * onsets.frameRateHz) / refinePeak(global, best, periods) : 0,
    periodicity: found ? Math.min(1, mean[best]!) : 0,
  };
}

/** Prior of a tempo, 0..1: 1 inside 108..152 BPM, falling off smoothly on the log scale to 0.5 at 86 and 178 BPM. */
export function tempoPrior(tempoBpm: number): number {
  const { lowest, likelyFrom, likelyTo, highest } = TEMPO_PRIOR_BPM;
  const below = Math.log(likelyFrom / tempoBpm) / Math.log(likelyFrom / lowest);
  const above = Math.log(tempoBpm / likelyTo) / Math.log(highest / likelyTo);
  const distance = Math.max(0, below, above);
  return 2 ** -(distance * distance);
}

function candidatePeriods(frameRateHz: number): number[] {
  const shortest = Math.floor((60 * frameRateHz) / TEMPO_PRIOR_BPM.highest);
  const longest = Math.ceil((60 * frameRateHz) / TEMPO_PRIOR_BPM.lowest);
  return Array.from({ length: longest - shortest + 1 }, (_, i) => shortest + i);
}

function combineBands(onsets: OnsetStrength): Float32Array {
  const combined = new Float32Array(onsets.frameCount);
  for (const band of onsets.normalised) {
    for (let i = 0; i < combined.length; i++) combined[i]! += band[i]! / onsets.normalised.length;
  }
  return combined;
}

/** Normalised autocorrelation at the lags of each period, peak-picked within a frame to allow for a tempo in between. */
function scorePeriods(values: Float32Array, periods: readonly number[]): Float32Array {
  const longestLag = Math.max(...periods) * 4 + 4;
  const correlation = autocorrelate(values, longestLag);
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

/** Autocorrelation for lags 0..longest, each divided by the number of terms it could have had at most half of. */
function autocorrelate(values: Float32Array, longestLag: number): Float64Array {
  const result = new Float64Array(longestLag + 1);
  const n = values.length;
  for (let lag = 0; lag <= Math.min(longestLag, n - 1); lag++) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += values[i]! * values[i - lag]!;
    // Unbiased for the lags of interest, but never more than doubled: a clip of a bar and a half must not fool us.
    result[lag] = sum / Math.max(n - lag, n / 2);
  }
  return result;
}

function refinePeak(values: Float32Array, index: number, periods: readonly number[]): number {
  const left = values[index - 1] ?? 0;
  const middle = values[index]!;
  const right = values[index + 1] ?? 0;
  const curvature = left - 2 * middle + right;
  const shift = curvature < 0 ? (0.5 * (left - right)) / curvature : 0;
  return periods[index]! + Math.min(0.5, Math.max(-0.5, shift));
}
