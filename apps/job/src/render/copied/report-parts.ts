import { elementAt } from '@bachata-buddy/platform';
/** Adds up the progress of parts that are made beside each other, each weighted by what there is to do. */
export function reportParts(
  weights: readonly number[],
  onProgress: (fraction: number) => void,
): (index: number) => (fraction: number) => void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const done = weights.map(() => 0);
  return (index) => (fraction) => {
    done[index] = fraction * elementAt(weights, index);
    onProgress(done.reduce((sum, part) => sum + part, 0) / total);
  };
}
