/** `128k`, `2M`, `64000` as bits per second. */
export function toBitsPerSecond(bitRate: string): number {
  const factor = bitRate.endsWith('M') ? 1_000_000 : /k$/i.test(bitRate) ? 1_000 : 1;
  return Math.round(Number.parseFloat(bitRate) * factor);
}
