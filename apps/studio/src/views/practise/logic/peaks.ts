/** Loudness over time, as it is measured: so many values a second, each 0 to 1. */
export interface Peaks {
  readonly perSec: number;
  readonly values: readonly number[];
}

/** A column that ends with a value ends there, whatever dividing has made of it. */
const ROUNDING = 1e-6;

/**
 * The loudest of every column's time, for so many columns over a stretch of it. Where columns are shorter than what was
 * measured, neighbours are equal; outside of what was measured it is silent.
 */
export function peaksOfColumns(
  { perSec, values }: Peaks,
  { fromSec, toSec, columns }: { fromSec: number; toSec: number; columns: number },
): number[] {
  const columnSec = (toSec - fromSec) / columns;
  return Array.from({ length: columns }, (_, column) => {
    const indexAt = (edge: number): number => Math.floor((fromSec + edge * columnSec) * perSec + ROUNDING);
    const first = indexAt(column);
    const end = Math.max(first + 1, indexAt(column + 1));
    let loudest = 0;
    for (let index = Math.max(0, first); index < Math.min(end, values.length); index += 1)
      loudest = Math.max(loudest, values[index] ?? 0);
    return loudest;
  });
}
