export interface BassNote {
  readonly sampleRateHz: number;
  readonly frequencyHz: number;
  readonly durationSec: number;
  /** 0 to 1. */
  readonly velocity: number;
}

/** Level and time constant of the overtones, the fundamental first: round, with enough above 100 Hz for small speakers. */
const PARTIALS: readonly (readonly [level: number, decaySec: number])[] = [
  [0.6, 0.9],
  [0.34, 0.55],
  [0.15, 0.3],
  [0.08, 0.16],
  [0.04, 0.1],
];
const ATTACK_SEC = 0.004;
const RELEASE_SEC = 0.045;

/** One note of a bass guitar as a sum of dying sines: Float32Array [n], within -velocity to velocity or a little more. */
export function playBass({ sampleRateHz, frequencyHz, durationSec, velocity }: BassNote): Float32Array {
  const releaseSamples = Math.round(RELEASE_SEC * sampleRateHz);
  const output = new Float32Array(Math.round(durationSec * sampleRateHz) + releaseSamples);
  PARTIALS.forEach(([level, decaySec], index) => {
    const angle = (2 * Math.PI * frequencyHz * (index + 1)) / sampleRateHz;
    addDyingSine(output, {
      angle,
      level: level * velocity,
      perSample: Math.exp(-1 / (decaySec * sampleRateHz)),
    });
  });
  const attackSamples = Math.round(ATTACK_SEC * sampleRateHz);
  for (let index = 0; index < attackSamples; index += 1) output[index]! *= index / attackSamples;
  const from = output.length - releaseSamples;
  for (let index = 0; index < releaseSamples; index += 1) {
    output[from + index]! *= 0.5 + 0.5 * Math.cos((Math.PI * index) / releaseSamples);
  }
  return output;
}

/** A sine that dies away, computed as a decaying rotation: y = 2 r cos(angle) y1 - r^2 y2. */
export function addDyingSine(
  output: Float32Array,
  { angle, level, perSample }: { angle: number; level: number; perSample: number },
): void {
  const forward = 2 * perSample * Math.cos(angle);
  const back = -perSample * perSample;
  let last = 0;
  let current = level * perSample * Math.sin(angle);
  for (let index = 1; index < output.length; index += 1) {
    output[index]! += current;
    const next = forward * current + back * last;
    last = current;
    current = next;
  }
}
