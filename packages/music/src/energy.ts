import { rootMeanSquare } from './statistics.ts';

/** One value every half second, each over the second around it. */
const HOP_SEC = 0.5;
const WINDOW_SEC = 1;

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
  const levels = Array.from({ length: count }, (_, k) => {
    const centre = k * HOP_SEC * sampleRateHz;
    const from = Math.max(0, Math.round(centre - (WINDOW_SEC / 2) * sampleRateHz));
    const to = Math.min(samples.length, Math.round(centre + (WINDOW_SEC / 2) * sampleRateHz));
    return rootMeanSquare(samples, from, to);
  });
  const loudest = levels.reduce((a, b) => Math.max(a, b), 0);
  return { hopSec: HOP_SEC, values: levels.map((level) => (loudest > 0 ? level / loudest : 0)) };
}
