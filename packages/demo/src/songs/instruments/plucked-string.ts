import type { Random } from '../../random.ts';

export interface Pluck {
  readonly sampleRateHz: number;
  /** Up to a tenth of the sample rate. */
  readonly frequencyHz: number;
  /** How long the string may ring before a finger stops it; a short release follows. */
  readonly durationSec: number;
  /** 0 to 1: louder and brighter. */
  readonly velocity: number;
  /** 0 to 1: how slowly the overtones die. */
  readonly brightness: number;
  /** Time in which the fundamental falls by 60 dB. */
  readonly decaySec: number;
  /** Where the plectrum meets the string, as a fraction of its length from the bridge. */
  readonly pickPosition: number;
  readonly random: Random;
}

const RELEASE_SEC = 0.04;

/**
 * One plucked note: noise circling in a delay line as long as the string's period, a little duller each time round.
 *
 * @returns Float32Array [n] at the given rate, about -1 to 1; longer than `durationSec` by the release.
 * Source: Karplus and Strong 1983; Jaffe and Smith 1983, "Extensions of the Karplus-Strong plucked-string algorithm".
 */
export function pluckString(pluck: Pluck): Float32Array {
  const { sampleRateHz, frequencyHz, durationSec } = pluck;
  const releaseSamples = Math.round(RELEASE_SEC * sampleRateHz);
  const output = new Float32Array(Math.round(durationSec * sampleRateHz) + releaseSamples);
  // The loop's delay is the line, the averaging filter (its smoothing in samples) and the tuning all-pass.
  const smoothing = 0.5 * (1 - 0.9 * pluck.brightness);
  const period = sampleRateHz / frequencyHz;
  const lineLength = Math.floor(period - smoothing - 0.3);
  const remainder = period - smoothing - lineLength;
  const tuning = (1 - remainder) / (1 + remainder);
  const gain = 10 ** (-3 / (frequencyHz * pluck.decaySec));
  const line = excite(lineLength, pluck);
  let position = 0;
  let lastFromLine = 0;
  let lastSmoothed = 0;
  let lastTuned = 0;
  for (let index = 0; index < output.length; index += 1) {
    const fromLine = line[position]!;
    output[index] = fromLine;
    const smoothed = gain * ((1 - smoothing) * fromLine + smoothing * lastFromLine);
    const tuned = tuning * (smoothed - lastTuned) + lastSmoothed;
    lastFromLine = fromLine;
    lastSmoothed = smoothed;
    lastTuned = tuned;
    line[position] = tuned;
    position = position + 1 === lineLength ? 0 : position + 1;
  }
  release(output, releaseSamples);
  return output;
}

/** The first trip round: noise, dulled for soft playing, with the notches of the picking point, of set loudness. */
function excite(length: number, { velocity, pickPosition, random }: Pluck): Float32Array {
  const noise = new Float32Array(length);
  const dullness = 0.75 - 0.55 * velocity;
  let last = 0;
  for (let index = 0; index < length; index += 1) {
    last = dullness * last + (1 - dullness) * (2 * random() - 1);
    noise[index] = last;
  }
  const offset = Math.max(1, Math.round(pickPosition * length));
  const excitation = noise.map((sample, index) => sample - noise[(index + length - offset) % length]!);
  let energy = 0;
  for (const sample of excitation) energy += sample * sample;
  const scale = (0.3 * velocity) / Math.sqrt(energy / length + 1e-12);
  return excitation.map((sample) => sample * scale);
}

function release(samples: Float32Array, count: number): void {
  const from = samples.length - count;
  for (let index = 0; index < count; index += 1) {
    samples[from + index]! *= 0.5 + 0.5 * Math.cos((Math.PI * index) / count);
  }
}
