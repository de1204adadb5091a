const LOOK_AHEAD_SEC = 0.003;
const RELEASE_SEC = 0.09;

/**
 * Keeps both channels within -ceiling to ceiling, turning down shortly before each peak and up again slowly after it.
 * The channels share one gain, so the picture does not wander. Works in place and without delay.
 */
export function limitInPlace(
  left: Float32Array,
  right: Float32Array,
  { sampleRateHz, ceiling }: { sampleRateHz: number; ceiling: number },
): void {
  const window = Math.round(LOOK_AHEAD_SEC * sampleRateHz);
  const gains = gainsAhead(left, right, ceiling, window);
  const recovery = 1 - Math.exp(-1 / (RELEASE_SEC * sampleRateHz));
  let released = 1;
  for (let index = 0; index < gains.length; index += 1) {
    released = Math.min(gains[index]!, released + recovery * (1 - released));
    gains[index] = released;
  }
  // Each gain is the least of the window ahead, so the mean over a window behind still obeys every peak.
  let sum = window;
  for (let index = 0; index < left.length; index += 1) {
    sum += gains[index]! - (index >= window ? gains[index - window]! : 1);
    const gain = Math.min(1, sum / window);
    left[index]! *= gain;
    right[index]! *= gain;
  }
}

/** For each sample the least gain that any sample from it to `window - 1` samples later needs (a sliding minimum). */
function gainsAhead(left: Float32Array, right: Float32Array, ceiling: number, window: number): Float64Array {
  const needed = new Float64Array(left.length);
  for (let index = 0; index < left.length; index += 1) {
    const peak = Math.max(Math.abs(left[index]!), Math.abs(right[index]!));
    needed[index] = peak > ceiling ? ceiling / peak : 1;
  }
  const least = new Float64Array(left.length);
  // Indices whose gains rise: the front is the least of the window. Filled from the end of the song backwards.
  const queue = new Int32Array(left.length);
  let front = 0;
  let back = 0;
  for (let index = left.length - 1; index >= 0; index -= 1) {
    while (back > front && needed[queue[back - 1]!]! >= needed[index]!) back -= 1;
    queue[back] = index;
    back += 1;
    if (queue[front]! >= index + window) front += 1;
    least[index] = needed[queue[front]!]!;
  }
  return least;
}
