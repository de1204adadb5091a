import { type Biquad, filterInPlace } from './filters.ts';

/** Gates and offset of the recommendation. */
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
const OFFSET_LUFS = -0.691;
const STEP_SEC = 0.1;
const STEPS_PER_BLOCK = 4;

/**
 * Integrated loudness in LUFS of a stereo recording; -Infinity for silence or less than 0.4 s.
 *
 * Source: ITU-R BS.1770-4 annex 1, with its analogue prototypes (as in libebur128) for other rates than 48 kHz.
 */
export function integratedLoudness(left: Float32Array, right: Float32Array, sampleRateHz: number): number {
  const stepSamples = Math.round(STEP_SEC * sampleRateHz);
  const steps = new Float64Array(Math.floor(left.length / stepSamples));
  for (const channel of [left, right]) addWeightedEnergy(steps, channel, stepSamples, sampleRateHz);
  const blocks: number[] = [];
  for (let step = 0; step + STEPS_PER_BLOCK <= steps.length; step += 1) {
    const energy = steps.subarray(step, step + STEPS_PER_BLOCK).reduce((sum, value) => sum + value, 0);
    blocks.push(energy / (STEPS_PER_BLOCK * stepSamples));
  }
  const audible = blocks.filter((block) => toLufs(block) > ABSOLUTE_GATE_LUFS);
  const relativeGate = toLufs(mean(audible)) + RELATIVE_GATE_LU;
  return toLufs(mean(audible.filter((block) => toLufs(block) > relativeGate)));
}

function addWeightedEnergy(
  steps: Float64Array,
  channel: Float32Array,
  stepSamples: number,
  sampleRateHz: number,
): void {
  const weighted = channel.slice();
  for (const stage of kWeighting(sampleRateHz)) filterInPlace(weighted, stage);
  for (let step = 0; step < steps.length; step += 1) {
    for (let index = step * stepSamples; index < (step + 1) * stepSamples; index += 1) {
      steps[step]! += weighted[index]! * weighted[index]!;
    }
  }
}

/** The head's shelf and the low cut. */
function kWeighting(sampleRateHz: number): Biquad[] {
  const shelf = { k: Math.tan((Math.PI * 1681.974450955533) / sampleRateHz), q: 0.7071752369554196 };
  const high = 10 ** (3.999843853973347 / 20);
  const middle = high ** 0.4996667741545416;
  const a0 = 1 + shelf.k / shelf.q + shelf.k ** 2;
  const cut = { k: Math.tan((Math.PI * 38.13547087602444) / sampleRateHz), q: 0.5003270373238773 };
  const c0 = 1 + cut.k / cut.q + cut.k ** 2;
  return [
    {
      b0: (high + (middle * shelf.k) / shelf.q + shelf.k ** 2) / a0,
      b1: (2 * (shelf.k ** 2 - high)) / a0,
      b2: (high - (middle * shelf.k) / shelf.q + shelf.k ** 2) / a0,
      a1: (2 * (shelf.k ** 2 - 1)) / a0,
      a2: (1 - shelf.k / shelf.q + shelf.k ** 2) / a0,
    },
    { b0: 1, b1: -2, b2: 1, a1: (2 * (cut.k ** 2 - 1)) / c0, a2: (1 - cut.k / cut.q + cut.k ** 2) / c0 },
  ];
}

function toLufs(energy: number): number {
  return OFFSET_LUFS + 10 * Math.log10(energy);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
