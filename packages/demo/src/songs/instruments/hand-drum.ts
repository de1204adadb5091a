import type { Random } from '../../random.ts';
import type { BongoStroke } from '../score.ts';
import { addDyingSine } from './bass-string.ts';

interface StrokeSound {
  readonly frequencyHz: number;
  /** Time constant of the deepest mode; the others die faster. */
  readonly decaySec: number;
  readonly level: number;
  /** How much of the hand's slap is heard. */
  readonly slap: number;
}

const SOUNDS: Readonly<Record<BongoStroke, StrokeSound>> = {
  machoOpen: { frequencyHz: 392, decaySec: 0.06, level: 0.8, slap: 0.3 },
  machoSlap: { frequencyHz: 440, decaySec: 0.03, level: 0.55, slap: 0.7 },
  machoTip: { frequencyHz: 415, decaySec: 0.018, level: 0.5, slap: 0.25 },
  hembraOpen: { frequencyHz: 208, decaySec: 0.12, level: 1, slap: 0.25 },
  hembraTip: { frequencyHz: 220, decaySec: 0.035, level: 0.6, slap: 0.2 },
};

/** Frequencies of a round membrane's first modes, relative to the deepest, with their levels (zeros of Bessel functions). */
const MODES: readonly (readonly [ratio: number, level: number])[] = [
  [1, 1],
  [1.594, 0.42],
  [2.136, 0.25],
  [2.653, 0.12],
];
const LENGTH_SEC = 0.5;
const SLAP_DECAY_SEC = 0.006;

/** One stroke on a bongo: Float32Array [n] of half a second or less, loudest at its start. */
export function strikeBongo(
  stroke: BongoStroke,
  { sampleRateHz, velocity, random }: { sampleRateHz: number; velocity: number; random: Random },
): Float32Array {
  const sound = SOUNDS[stroke];
  const length = Math.round(Math.min(LENGTH_SEC, 8 * sound.decaySec + 0.02) * sampleRateHz);
  const output = new Float32Array(length);
  // No two strokes meet the skin at the same point.
  const frequencyHz = sound.frequencyHz * (1 + 0.008 * (2 * random() - 1));
  for (const [ratio, level] of MODES) {
    const angle = (2 * Math.PI * frequencyHz * ratio) / sampleRateHz;
    const perSample = Math.exp(-ratio / (sound.decaySec * sampleRateHz));
    addDyingSine(output, { angle, level: 0.5 * sound.level * level * velocity, perSample });
  }
  addSlap(output, { sampleRateHz, level: sound.slap * velocity * (0.5 + 0.5 * velocity), random });
  return output;
}

function addSlap(
  output: Float32Array,
  { sampleRateHz, level, random }: { sampleRateHz: number; level: number; random: Random },
): void {
  const perSample = Math.exp(-1 / (SLAP_DECAY_SEC * sampleRateHz));
  let envelope = level;
  let last = 0;
  for (let index = 0; index < output.length && envelope > 1e-4; index += 1) {
    last += 0.35 * (2 * random() - 1 - last);
    output[index]! += envelope * last;
    envelope *= perSample;
  }
}
