/** A point of a curve: [count time, value]. */
export type Key = readonly [at: number, value: number];

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

export function lerp(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** 0 before `from`, 1 after `to`, an S-curve with still ends between them. */
export function ease(from: number, to: number, at: number): number {
  const share = clamp((at - from) / (to - from), 0, 1);
  return share * share * (3 - 2 * share);
}

/** A bump of height 1 at `centre` that starts at `centre - rise` and is over at `centre + fall`. */
export function pulse(centre: number, rise: number, fall: number, at: number): number {
  return at <= centre ? ease(centre - rise, centre, at) : 1 - ease(centre, centre + fall, at);
}

/** Rises from 0 to 1 in `rise` counts after `from`, and falls back in `fall` counts before `to`. */
export function between(from: number, to: number, rise: number, fall: number, at: number): number {
  return ease(from, from + rise, at) * (1 - ease(to - fall, to, at));
}

function slopeAt(keys: readonly Key[], index: number): number {
  const before = keys[index - 1];
  const here = keys[index];
  const after = keys[index + 1];
  if (before === undefined || here === undefined || after === undefined) return 0;
  const left = (here[1] - before[1]) / (here[0] - before[0]);
  const right = (after[1] - here[1]) / (after[0] - here[0]);
  // A harmonic mean keeps the curve from overshooting its keys (Fritsch and Butland, 1984).
  return left * right <= 0 ? 0 : (2 * left * right) / (left + right);
}

/** A smooth curve through the keys (rising in time), flat before the first and after the last. No overshoot. */
export function curveThrough(keys: readonly Key[], at: number): number {
  const first = keys[0];
  const last = keys[keys.length - 1];
  if (first === undefined || last === undefined) return 0;
  if (at <= first[0]) return first[1];
  if (at >= last[0]) return last[1];
  let index = 0;
  while ((keys[index + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= at) index += 1;
  const [startAt, start] = keys[index] as Key;
  const [endAt, end] = keys[index + 1] as Key;
  const span = endAt - startAt;
  const share = (at - startAt) / span;
  const square = share * share;
  const cube = square * share;
  return (
    (2 * cube - 3 * square + 1) * start +
    (cube - 2 * square + share) * slopeAt(keys, index) * span +
    (3 * square - 2 * cube) * end +
    (cube - square) * slopeAt(keys, index + 1) * span
  );
}
