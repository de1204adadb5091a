/** 100 brings a sine 40 dB under full scale to the knee of the curve. */
const COMPRESSION = 100;
/** A 32-bit float has 8 bits of exponent and 23 of fraction (IEEE 754); the table goes by the highest 6 of these. */
const FRACTION_BITS = 23;
const STEP_BITS = 6;
const REST_BITS = FRACTION_BITS - STEP_BITS;
const REST_MASK = 2 ** REST_BITS - 1;
const REST_SCALE = 2 ** -REST_BITS;
/** Powers of two that the table covers: from where the curve is 0 to sixteen times full scale. */
const EXPONENTS = { bias: 127, lowest: -60, highest: 8 };
const FIRST_STEP = (EXPONENTS.lowest + EXPONENTS.bias) << STEP_BITS;

const table = Float64Array.from(
  { length: ((EXPONENTS.highest - EXPONENTS.lowest) << STEP_BITS) + 1 },
  (_, step) => {
    const [whole, part] = [step >> STEP_BITS, step & ((1 << STEP_BITS) - 1)];
    const power = 2 ** (EXPONENTS.lowest + whole) * (1 + part / 2 ** STEP_BITS);
    // Nothing begins in silence.
    return step === 0 ? 0 : Math.log1p(COMPRESSION * Math.sqrt(power));
  },
);

/**
 * How loud each bin of a power spectrum is: log(1 + 100 m) of its magnitude m, to within 3e-5.
 *
 * Every bin of every frame goes through here, ten million for a song; a logarithm and a root of each would be a fifth of
 * the whole analysis. So they are looked up by the leading bits of the power, and interpolated.
 *
 * @param powers Squared magnitudes, Float32Array, 1 for a sine of full scale.
 * @param from First bin that is wanted.
 * @param to Where to stop: the bin after the last.
 * @param target Float32Array; written from `from` up to `to`.
 */
export function compressPowers(powers: Float32Array, from: number, to: number, target: Float32Array): void {
  const patterns = patternsOf(powers);
  for (let bin = from; bin < to; bin++) {
    const pattern = patterns[bin]!;
    const step = Math.min(Math.max(0, (pattern >>> REST_BITS) - FIRST_STEP), table.length - 2);
    const rest = (pattern & REST_MASK) * REST_SCALE;
    target[bin] = table[step]! + rest * (table[step + 1]! - table[step]!);
  }
}

const patternsOfArrays = new WeakMap<Float32Array, Uint32Array>();

/** The same memory as bits. Spectra come in few arrays that are used again: a view for each frame would cost as much as it. */
function patternsOf(powers: Float32Array): Uint32Array {
  const known = patternsOfArrays.get(powers);
  if (known !== undefined) return known;
  const patterns = new Uint32Array(powers.buffer, powers.byteOffset, powers.length);
  patternsOfArrays.set(powers, patterns);
  return patterns;
}
