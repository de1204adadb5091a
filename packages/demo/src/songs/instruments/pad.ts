export interface PadNote {
  readonly sampleRateHz: number;
  readonly frequencyHz: number;
  readonly durationSec: number;
  /** 0 to 1. */
  readonly velocity: number;
}

const ATTACK_SEC = 0.18;
const RELEASE_SEC = 0.35;
/** Two voices a few cents apart beat slowly, as a section of strings does. */
const DETUNE = 0.0018;
const PARTIAL_LEVELS = [0.5, 0.2, 0.09, 0.04];

/** One soft held note: Float32Array [n], longer than `durationSec` by its release. */
export function playPad({ sampleRateHz, frequencyHz, durationSec, velocity }: PadNote): Float32Array {
  const output = new Float32Array(Math.round((durationSec + RELEASE_SEC) * sampleRateHz));
  for (const detuned of [frequencyHz * (1 - DETUNE), frequencyHz * (1 + DETUNE)]) {
    PARTIAL_LEVELS.forEach((level, partial) => {
      addSine(output, (2 * Math.PI * detuned * (partial + 1)) / sampleRateHz, 0.5 * level * velocity);
    });
  }
  const attackSamples = ATTACK_SEC * sampleRateHz;
  const releaseSamples = RELEASE_SEC * sampleRateHz;
  for (let index = 0; index < output.length; index += 1) {
    const rise = Math.min(1, index / attackSamples);
    const fall = Math.min(1, (output.length - index) / releaseSamples);
    output[index]! *= rise * rise * fall * fall;
  }
  return output;
}

function addSine(output: Float32Array, angle: number, level: number): void {
  const forward = 2 * Math.cos(angle);
  let last = 0;
  let current = level * Math.sin(angle);
  for (let index = 1; index < output.length; index += 1) {
    output[index]! += current;
    const next = forward * current - last;
    last = current;
    current = next;
  }
}
