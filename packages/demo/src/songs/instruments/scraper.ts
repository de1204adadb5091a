import type { Random } from '../../random.ts';
import { bandPass, filterInPlace, highPass } from '../filters.ts';
import type { GuiraStroke } from '../score.ts';

interface ScrapeShape {
  readonly lengthSec: number;
  /** Time constant of the fall after the first contact. */
  readonly decaySec: number;
  /** How loud the stroke is between contact and end, as it runs over the ridges. */
  readonly body: number;
  /** Ridges passed a second. */
  readonly ridgesHz: number;
}

const SHAPES: Readonly<Record<GuiraStroke, ScrapeShape>> = {
  long: { lengthSec: 0.13, decaySec: 0.028, body: 0.4, ridgesHz: 190 },
  short: { lengthSec: 0.06, decaySec: 0.016, body: 0.1, ridgesHz: 240 },
};
const ATTACK_SEC = 0.0015;

/** One stroke of a güira: metallic noise cut into ridges. Float32Array [n] of 130 ms at most. */
export function scrapeGuira(
  stroke: GuiraStroke,
  { sampleRateHz, velocity, random }: { sampleRateHz: number; velocity: number; random: Random },
): Float32Array {
  const shape = SHAPES[stroke];
  const output = new Float32Array(Math.round(shape.lengthSec * sampleRateHz));
  for (let index = 0; index < output.length; index += 1) output[index] = 2 * random() - 1;
  filterInPlace(output, bandPass({ sampleRateHz, frequencyHz: 7600 + 600 * random(), quality: 0.9 }));
  filterInPlace(output, highPass({ sampleRateHz, frequencyHz: 3200, quality: 0.7 }));
  for (let index = 0; index < output.length; index += 1) {
    const timeSec = index / sampleRateHz;
    const left = 1 - index / output.length;
    const attack = Math.min(1, timeSec / ATTACK_SEC);
    const contact = Math.exp(-timeSec / shape.decaySec);
    const ridge = 0.65 + 0.35 * Math.cos(2 * Math.PI * shape.ridgesHz * timeSec);
    output[index]! *= 1.6 * velocity * attack * (contact + shape.body * left * left) * ridge;
  }
  return output;
}
