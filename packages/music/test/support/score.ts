/** Beat scores as mir_eval defines them: events before 5 s are left out, a hit lies within 70 ms. */

const trim = (times: readonly number[]) => times.filter((time) => time >= 5);

/** F-measure of one-to-one hits within the window; 0 where either list is empty. */
export function fMeasure(truth: readonly number[], estimate: readonly number[], windowSec = 0.07): number {
  let hits = 0;
  let i = 0;
  let k = 0;
  while (i < truth.length && k < estimate.length) {
    const difference = estimate[k]! - truth[i]!;
    if (Math.abs(difference) <= windowSec) {
      hits++;
      i++;
      k++;
    } else if (difference < 0) k++;
    else i++;
  }
  return hits === 0 ? 0 : (2 * hits) / (truth.length + estimate.length);
}

export function beatF(truth: readonly number[], estimate: readonly number[]): number {
  return fMeasure(trim(truth), trim(estimate));
}

/** Share of beats right in phase and period (17.5 % of the beat), CMLt. */
export function continuity(truthAll: readonly number[], estimateAll: readonly number[]): number {
  const truth = trim(truthAll);
  const estimate = trim(estimateAll);
  if (truth.length < 2 || estimate.length < 2) return 0;
  const right = estimate.filter((time, k) => {
    const n = truth.reduce(
      (best, t, i) => (Math.abs(t - time) < Math.abs(truth[best]! - time) ? i : best),
      0,
    );
    const period = n > 0 ? truth[n]! - truth[n - 1]! : truth[1]! - truth[0]!;
    const own = k > 0 ? time - estimate[k - 1]! : estimate[1]! - estimate[0]!;
    return Math.abs(truth[n]! - time) < 0.175 * period && Math.abs(1 - own / period) < 0.175;
  });
  return right.length / Math.max(truth.length, estimate.length);
}

/** Signed median of estimate minus nearest truth, seconds; positive means late. */
export function medianErrorSec(truth: readonly number[], estimate: readonly number[]): number {
  const errors = truth.map((t) =>
    estimate.reduce((best, e) => (Math.abs(e - t) < Math.abs(best) ? e - t : best), Number.POSITIVE_INFINITY),
  );
  return errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)]!;
}
