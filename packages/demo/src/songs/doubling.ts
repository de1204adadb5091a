const MEAN_DELAY_SEC = 0.013;
const DEPTH_SEC = 0.0022;
const RATE_HZ = 0.63;

/**
 * The same part as if a second player stood beside the first: a little later, the delay slowly swaying, which
 * detunes it by a few cents. Float32Array [n], the level unchanged.
 */
export function secondPlayer(samples: Float32Array, sampleRateHz: number): Float32Array {
  const output = new Float32Array(samples.length);
  const perSample = (2 * Math.PI * RATE_HZ) / sampleRateHz;
  for (let index = 0; index < output.length; index += 1) {
    const delay = (MEAN_DELAY_SEC + DEPTH_SEC * Math.sin(perSample * index)) * sampleRateHz;
    const place = index - delay;
    if (place < 0) continue;
    const before = Math.floor(place);
    const share = place - before;
    output[index] = (1 - share) * samples[before]! + share * samples[before + 1]!;
  }
  return output;
}
