/** Numbers that look random and are the same every time: each call gives the next one, 0 <= n < 1. */
export type Random = () => number;

/** The same seed gives the same numbers on every machine (xorshift32, Marsaglia 2003). */
export function makeRandom(seed: number): Random {
  // Zero would stay zero for ever; the multiplier is odd, so no other seed is mapped to it.
  let state = Math.imul(seed | 0, 0x9e3779b1) | 0 || 0x6d2b79f5;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

/** One of them; all are equally likely. */
export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}
