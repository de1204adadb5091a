/** Arithmetic mean; 0 for no values. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Population standard deviation; 0 for no values. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

/** Upper median; 0 for no values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Values in standard deviations from their mean; all 0 where they are alike. */
export function standardise(values: readonly number[]): number[] {
  const centre = mean(values);
  const spread = deviation(values);
  return values.map((value) => (spread > 1e-9 ? (value - centre) / spread : 0));
}

/** Of the values from one place up to another, which lie inside; 0 for none. */
export function rootMeanSquare(values: Float32Array, from: number, to: number): number {
  let squares = 0;
  for (let i = from; i < to; i++) squares += values[i]! * values[i]!;
  return to > from ? Math.sqrt(squares / (to - from)) : 0;
}
