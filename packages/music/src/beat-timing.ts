import { compressPowers } from './log-compression.ts';
import type { Sound } from './sound.ts';
import { visitSpectra } from './spectrogram.ts';
import { median } from './statistics.ts';

/** Window 256 (11.6 ms), hop 64 (2.9 ms) at 22,050 Hz: fine enough to time an attack to a few milliseconds. */
const WINDOW_SIZE = 256;
const HOP_SIZE = 64;
const FLUX_LAG_FRAMES = 2;
/** An attack is looked for this far from the coarse beat; a sixteenth at 175 BPM is 86 ms. */
const SEARCH_SEC = 0.05;
/** Neighbours on each side that vote on a beat's time: players scatter by some milliseconds, the pulse does not. */
const NEIGHBOURS = 6;
/** Where they have less than this share of the attack that as many beats usually have, so many at most vote. */
const QUIET = { share: 0.4, neighbours: 40 };
/** Attacks further than this from the common line are strums or another player's mistake. */
const OUTLIER_SEC = 0.02;

interface Attack {
  readonly timeSec: number;
  readonly weight: number;
}

/**
 * Sharpen beats from whole frames (12 ms) to the attacks themselves.
 *
 * 1. Round each coarse beat the attack is timed in a fine spectral flux, peak by parabola.
 * 2. Each beat is put where a weighted line through the attacks of the six beats before and after has it (attacks far
 *    off the line are left out in a second round): this follows a drifting tempo and keeps a strum that comes early
 *    from moving the beat. Where hardly anything is struck, as in a break with the voice alone, singers come late and
 *    early while the pulse goes on: there the line reaches on until it has attacks to hold to.
 *
 * @param beatsSec Coarse beat times in seconds, rising.
 * @returns Beat times in seconds, as many, rising, none below 0.
 *
 * Source: W. Cleveland, "Robust locally weighted regression and smoothing scatterplots", JASA 1979 (step 2).
 */
export function refineBeatTimes(sound: Sound, sampleRateHz: number, beatsSec: readonly number[]): number[] {
  const attacks = beatsSec.map((beatSec) => timeAttack(sound, sampleRateHz, beatSec));
  const needed = QUIET.share * (2 * NEIGHBOURS + 1) * median(attacks.map(({ weight }) => weight));
  const refined = attacks.map((_, i) =>
    smoothAt(attacks, beatsSec, { index: i, reach: reachAt(attacks, i, needed) }),
  );
  let previous = -1e-3;
  return refined.map((timeSec) => {
    // Times rise by far more than this; the guard only matters where attacks are noise.
    previous = Math.max(0, timeSec, previous + 1e-3);
    return previous;
  });
}

function timeAttack(sound: Sound, sampleRateHz: number, beatSec: number): Attack {
  const reach = Math.round((SEARCH_SEC * sampleRateHz) / HOP_SIZE);
  const lead = reach + FLUX_LAG_FRAMES;
  const startSample = Math.round(beatSec * sampleRateHz) - lead * HOP_SIZE;
  const history = Array.from({ length: FLUX_LAG_FRAMES + 1 }, () => new Float32Array(WINDOW_SIZE / 2 + 1));
  const flux: number[] = [];
  const frameCount = lead + reach + 1;
  visitSpectra(
    sound,
    { windowSize: WINDOW_SIZE, hopSize: HOP_SIZE, startSample, frameCount },
    (powers, frame) => {
      const now = history[frame % history.length]!;
      compressPowers(powers, 0, now.length, now);
      if (frame < FLUX_LAG_FRAMES) return;
      const earlier = history[(frame - FLUX_LAG_FRAMES) % history.length]!;
      flux.push(meanRise(now, earlier));
    },
  );
  const peak = flux.indexOf(Math.max(...flux));
  const mean = flux.reduce((sum, value) => sum + value, 0) / flux.length;
  // The rise between two frames belongs to the middle between them.
  const centreFrame = peak + parabolicShift(flux, peak) + FLUX_LAG_FRAMES / 2;
  const timeSec = (startSample + centreFrame * HOP_SIZE) / sampleRateHz;
  return { timeSec, weight: Math.max(0, flux[peak]! - mean) };
}

function meanRise(now: Float32Array, earlier: Float32Array): number {
  let sum = 0;
  for (let bin = 0; bin < now.length; bin++) {
    const rise = now[bin]! - earlier[bin]!;
    sum += rise + Math.abs(rise);
  }
  return sum / 2 / now.length;
}

function parabolicShift(values: readonly number[], peak: number): number {
  const left = values[peak - 1];
  const right = values[peak + 1];
  if (left === undefined || right === undefined) return 0;
  const curvature = left - 2 * values[peak]! + right;
  return curvature < 0 ? (0.5 * (left - right)) / curvature : 0;
}

/** How many neighbours on each side vote on a beat: more where they have little to say. */
function reachAt(attacks: readonly Attack[], index: number, needed: number): number {
  const weightOf = (i: number) => attacks[i]?.weight ?? 0;
  let reach = 0;
  let heard = weightOf(index);
  while (reach < NEIGHBOURS || (heard < needed && reach < QUIET.neighbours)) {
    reach++;
    heard += weightOf(index - reach) + weightOf(index + reach);
  }
  return reach;
}

function smoothAt(
  attacks: readonly Attack[],
  beatsSec: readonly number[],
  { index, reach }: { readonly index: number; readonly reach: number },
): number {
  const from = Math.max(0, index - reach);
  const to = Math.min(attacks.length - 1, index + reach);
  let line = { value: beatsSec[index]!, slope: 0, known: false };
  for (let round = 0; round < 3; round++) {
    const known = line;
    line = fitLine(from, to, index, (i) => {
      const attack = attacks[i]!;
      const nearness = (1 - (Math.abs(i - index) / (reach + 1)) ** 3) ** 3;
      const expected = known.known ? known.value + known.slope * (i - index) : beatsSec[i]!;
      const error = Math.abs(attack.timeSec - expected);
      const trust = known.known ? Math.max(0, 1 - (error / OUTLIER_SEC) ** 2) : 1;
      return { y: attack.timeSec, weight: attack.weight * nearness * trust };
    }) ?? { ...line };
  }
  return line.value;
}

function fitLine(
  from: number,
  to: number,
  centre: number,
  point: (i: number) => { y: number; weight: number },
): { value: number; slope: number; known: true } | undefined {
  let w = 0;
  let wx = 0;
  let wy = 0;
  let wxx = 0;
  let wxy = 0;
  for (let i = from; i <= to; i++) {
    const { y, weight } = point(i);
    const x = i - centre;
    w += weight;
    wx += weight * x;
    wy += weight * y;
    wxx += weight * x * x;
    wxy += weight * x * y;
  }
  const determinant = w * wxx - wx * wx;
  if (determinant <= 1e-9 * w * w) return undefined;
  const slope = (w * wxy - wx * wy) / determinant;
  return { value: (wy - slope * wx) / w, slope, known: true };
}
