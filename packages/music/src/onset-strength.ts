import { compressPowers } from './log-compression.ts';
import type { Sound } from './sound.ts';
import { countFrames, visitSpectra } from './spectrogram.ts';

const WINDOW_SIZE = 1024;
const HOP_SIZE = 256;
/** Edges of the bands in Hz: bass; tumba of the bongo and guitar body; bongo macho and voice; guitar; attack; güira. */
const BAND_EDGES_HZ = [30, 130, 300, 800, 2000, 5000, 10_500];
/** Flux is taken over this many frames (23 ms): an attack is seen whole, a tremolo is not. */
const FLUX_LAG_FRAMES = 2;
/** Half the length over which level and spread are measured: about 3 s. */
const NORMALISE_RADIUS_FRAMES = 258;
/** Normalised onsets are clipped here, so that one crash does not outweigh a bar. */
const MAX_DEVIATION = 5;

export const ONSET_BAND_COUNT = BAND_EDGES_HZ.length - 1;

/** Onset strength of a signal in several bands. */
export interface OnsetStrength {
  readonly frameRateHz: number;
  readonly frameCount: number;
  /** Per band Float32Array [frameCount]: mean rise of log magnitude, >= 0. */
  readonly raw: readonly Float32Array[];
  /** Per band Float32Array [frameCount]: deviation from the local mean in local standard deviations, clipped to -1..5. */
  readonly normalised: readonly Float32Array[];
  /** The same where an onset one frame (12 ms) early or late counts for 70 %. */
  readonly softened: readonly Float32Array[];
}

/**
 * Measure how strongly something begins, per band and per frame.
 *
 * 1. Magnitude spectra, window 1,024 (46 ms), hop 256 (11.6 ms at 22,050 Hz), log-compressed.
 * 2. Per bin: the rise against the largest of three neighbouring bins two frames earlier, so that vibrato and slides of
 *    the voice do not count as attacks; mean over the bins of a band.
 * 3. Per band: deviation from the mean of about 6 s around, in units of the spread there, so that a quiet intro
 *    counts as much as a loud chorus.
 *
 * Frame k belongs to the time `k / frameRateHz`.
 *
 * Source: S. Böck & G. Widmer, "Maximum filter vibrato suppression for onset detection", DAFx 2013 (steps 1, 2).
 *
 * @param sound Loudness normalised.
 * @param sampleRateHz Nominally 22,050.
 */
export function measureOnsetStrength(sound: Sound, sampleRateHz: number): OnsetStrength {
  const frameCount = countFrames(sound.length, HOP_SIZE);
  const raw = Array.from({ length: ONSET_BAND_COUNT }, () => new Float32Array(frameCount));
  const bands = raw.map((strength, band) => ({ strength, ...binsOf(band, sampleRateHz) }));
  const firstBin = bands[0]!.from - 1;
  const lastBin = bands.at(-1)!.to;
  const history = Array.from({ length: FLUX_LAG_FRAMES + 1 }, () => new Float32Array(WINDOW_SIZE / 2 + 1));
  // The first frames look back into silence, hence frames before 0 need no treatment: their history is zero.
  visitSpectra(sound, { windowSize: WINDOW_SIZE, hopSize: HOP_SIZE, frameCount }, (powers, frame) => {
    const current = history[frame % history.length]!;
    const earlier = history[(frame + 1) % history.length]!;
    compressPowers(powers, firstBin, lastBin + 1, current);
    for (const { strength, from, to } of bands) strength[frame] = meanRise(current, earlier, from, to);
  });
  const normalised = raw.map(normaliseLocally);
  return {
    frameRateHz: sampleRateHz / HOP_SIZE,
    frameCount,
    raw,
    normalised,
    softened: normalised.map(tolerateOneFrame),
  };
}

/** How strongly something is struck within a frame (12 ms) of one: raw onset strength of all bands together, >= 0. */
export function strokeAt({ raw }: OnsetStrength, frame: number): number {
  return raw.reduce((sum, band) => sum + peakNear(band, frame), 0);
}

/** Largest value within a frame of the given one; 0 outside. */
export function peakNear(values: Float32Array, frame: number): number {
  return Math.max(values[frame - 1] ?? 0, values[frame] ?? 0, values[frame + 1] ?? 0);
}

/** The bins of a band: from the first on, up to but without `to`; none is the spectrum's first or last. */
function binsOf(band: number, sampleRateHz: number): { readonly from: number; readonly to: number } {
  const binAt = (frequencyHz: number) => Math.ceil((frequencyHz * WINDOW_SIZE) / sampleRateHz);
  const [from, to] = [band, band + 1].map((edge) => Math.min(WINDOW_SIZE / 2, binAt(BAND_EDGES_HZ[edge]!)));
  return { from: Math.max(1, from!), to: to! };
}

/** Mean over the bins of what each rose above the largest of itself and its neighbours before. */
function meanRise(current: Float32Array, earlier: Float32Array, from: number, to: number): number {
  let sum = 0;
  let below = earlier[from - 1]!;
  let here = earlier[from]!;
  for (let bin = from; bin < to; bin++) {
    const above = earlier[bin + 1]!;
    const rise = current[bin]! - larger(larger(below, here), above);
    // Twice what is above zero, without a branch on a sign that is a coin toss.
    sum += rise + Math.abs(rise);
    below = here;
    here = above;
  }
  return to > from ? sum / 2 / (to - from) : 0;
}

function larger(a: number, b: number): number {
  // biome-ignore lint/complexity/useMathMinMax: Math.max looks for NaN; in the innermost loop that takes twice as long.
  return a > b ? a : b;
}

function normaliseLocally(values: Float32Array): Float32Array {
  const sums = new Float64Array(values.length + 1);
  const squares = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    sums[i + 1] = sums[i]! + values[i]!;
    squares[i + 1] = squares[i]! + values[i]! ** 2;
  }
  const spread = (from: number, to: number) => {
    const mean = (sums[to]! - sums[from]!) / (to - from);
    return {
      mean,
      deviation: Math.sqrt(Math.max(0, (squares[to]! - squares[from]!) / (to - from) - mean * mean)),
    };
  };
  const whole = values.length > 0 ? spread(0, values.length).deviation : 0;
  return values.map((value, i) => {
    const from = Math.max(0, i - NORMALISE_RADIUS_FRAMES);
    const local = spread(from, Math.min(values.length, i + NORMALISE_RADIUS_FRAMES + 1));
    // The floor keeps the hiss of a silent stretch from being blown up to the size of music.
    const deviation = Math.max(local.deviation, 0.25 * whole, 1e-6);
    return Math.min(MAX_DEVIATION, Math.max(-1, (value - local.mean) / deviation));
  });
}

function tolerateOneFrame(values: Float32Array): Float32Array {
  const softened = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const here = values[i]!;
    const before = 0.7 * (values[i - 1] ?? here);
    const after = 0.7 * (values[i + 1] ?? here);
    softened[i] = Math.max(here, before, after);
  }
  return softened;
}
