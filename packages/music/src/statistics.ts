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

/** Sum of the products of two series, as many as the second has; in four sums at once, which a processor adds side by side. */
export function productSum(a: Float32Array, b: Float32Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = b.length - (b.length % 4);
  for (let i = 0; i < whole; i += 4) {
    first += a[i]! * b[i]!;
    second += a[i + 1]! * b[i + 1]!;
    third += a[i + 2]! * b[i + 2]!;
    fourth += a[i + 3]! * b[i + 3]!;
  }
  for (let i = whole; i < b.length; i++) first += a[i]! * b[i]!;
  return first + second + third + fourth;
}
