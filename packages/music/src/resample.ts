/** Zero crossings of the sinc kernel on each side; 16 keep the pass band flat to about 90 % of Nyquist. */
const ZERO_CROSSINGS = 16;
const TABLE_STEPS_PER_CROSSING = 512;

/**
 * Change the sample rate by interpolation with a Hann-windowed sinc, band-limited to the lower of the two rates.
 *
 * Source: J. O. Smith, "Digital Audio Resampling", ccrma.stanford.edu/~jos/resample.
 *
 * @param samples Float32Array [n], mono.
 * @param fromHz Rate of `samples`, > 0.
 * @param toHz Wanted rate, > 0.
 * @returns Float32Array [ceil(n * toHz / fromHz)], without delay: sample k is at k / toHz seconds. The input itself
 *   where both rates are equal.
 */
export function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (fromHz === toHz) return samples;
  const kernel = sincTable();
  const cutoff = Math.min(1, toHz / fromHz);
  const reach = ZERO_CROSSINGS / cutoff;
  const tableStep = TABLE_STEPS_PER_CROSSING * cutoff;
  const output = new Float32Array(Math.ceil((samples.length * toHz) / fromHz));
  for (let k = 0; k < output.length; k++) {
    const centre = (k * fromHz) / toHz;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let i = first; i <= last; i++) {
      sum += samples[i]! * kernel[Math.round(Math.abs(i - centre) * tableStep)]!;
    }
    output[k] = sum * cutoff;
  }
  return output;
}

function sincTable(): Float32Array {
  const length = ZERO_CROSSINGS * TABLE_STEPS_PER_CROSSING;
  const table = new Float32Array(length + 2);
  table[0] = 1;
  for (let i = 1; i < length; i++) {
    const x = (Math.PI * i) / TABLE_STEPS_PER_CROSSING;
    table[i] = (Math.sin(x) / x) * (0.5 + 0.5 * Math.cos((Math.PI * i) / length));
  }
  return table;
}
