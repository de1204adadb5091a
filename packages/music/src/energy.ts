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
 * @param samples Float32Array [n], mono.
 * @returns ceil(duration / 0.5 s) values, all 0 for silence, none for no samples.
 */
export function measureEnergy(samples: Float32Array, sampleRateHz: number): EnergyCurve {
  const count = Math.ceil(samples.length / (HOP_SEC * sampleRateHz));
  const hops = Array.from({ length: count }, (_, k) => energyOfHop(samples, sampleRateHz, k));
  const levels = hops.map((own, k) => {
    const before = hops[k - 1] ?? { squares: 0, length: 0 };
    return Math.sqrt((before.squares + own.squares) / (before.length + own.length));
  });
  const loudest = levels.reduce((a, b) => Math.max(a, b), 0);
  return { hopSec: HOP_SEC, values: levels.map((level) => (loudest > 0 ? level / loudest : 0)) };
}

function energyOfHop(samples: Float32Array, sampleRateHz: number, hop: number) {
  const at = (place: number) => Math.round(place * HOP_SEC * sampleRateHz);
  const inside = samples.subarray(at(hop), at(hop + 1));
  return { squares: productSum(inside, inside), length: inside.length };
}
