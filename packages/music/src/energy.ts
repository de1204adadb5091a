import type { Sound } from './sound.ts';
import { productSum } from './statistics.ts';

/** One value every half second, each over the second around it: the hop before it and the one after. */
const HOP_SEC = 0.5;

/** Loudness over time. */
export interface EnergyCurve {
  readonly hopSec: number;
  /** Value k is the loudness of the second centred on `k * hopSec`, 0..1 relative to the loudest. */
  readonly values: readonly number[];
}

/**
 * Measure loudness over time as root mean square, relative to the loudest second.
 *
 * @returns ceil(duration / 0.5 s) values, all 0 for silence, none for no samples.
 */
export function measureEnergy(sound: Sound, sampleRateHz: number): EnergyCurve {
  const count = Math.ceil(sound.length / (HOP_SEC * sampleRateHz));
  const room = new Float32Array(Math.ceil(HOP_SEC * sampleRateHz) + 1);
  const hops = Array.from({ length: count }, (_, k) => energyOfHop(sound, sampleRateHz, k, room));
  const levels = hops.map((own, k) => {
    const before = hops[k - 1] ?? { squares: 0, length: 0 };
    return Math.sqrt((before.squares + own.squares) / (before.length + own.length));
  });
  const loudest = levels.reduce((a, b) => Math.max(a, b), 0);
  return { hopSec: HOP_SEC, values: levels.map((level) => (loudest > 0 ? level / loudest : 0)) };
}

function energyOfHop(sound: Sound, sampleRateHz: number, hop: number, room: Float32Array) {
  const at = (place: number) => Math.min(sound.length, Math.round(place * HOP_SEC * sampleRateHz));
  const inside = room.subarray(0, at(hop + 1) - at(hop));
  sound.read(at(hop), inside);
  return { squares: productSum(inside, inside), length: inside.length };
}
