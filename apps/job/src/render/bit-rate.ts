/** `128k`, `2M`, `64000` as bits per second. */
export function toBitsPerSecond(bitrate: string): number {
  const factor = bitrate.endsWith('M') ? 1_000_000 : /k$/i.test(bitrate) ? 1_000 : 1;
  return Math.round(Number.parseFloat(bitrate) * factor);
}
