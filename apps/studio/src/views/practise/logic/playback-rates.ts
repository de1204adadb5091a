/** Of normal speed: to learn at, to dance at, and one to test oneself. */
export const PLAYBACK_RATES = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 1, 1.1] as const;

const SAME = 1e-6;

/** The next one that is offered, or the last one where there is no other. */
export function neighbouringRate(rate: number, direction: 1 | -1): number {
  const offered = direction === 1 ? PLAYBACK_RATES : [...PLAYBACK_RATES].reverse();
  return offered.find((other) => (other - rate) * direction > SAME) ?? offered.at(-1) ?? rate;
}
