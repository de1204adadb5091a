/** A second-order filter with the feedback normalised: y = b0 x + b1 x1 + b2 x2 - a1 y1 - a2 y2. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

export interface FilterShape {
  readonly sampleRateHz: number;
  readonly frequencyHz: number;
  /** Bandwidth: the larger, the narrower. */
  readonly quality: number;
}

// The designs: Robert Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients" (W3C note).

export function highPass(shape: FilterShape): Biquad {
  const { cosine, alpha } = angles(shape);
  return normalised([(1 + cosine) / 2, -1 - cosine, (1 + cosine) / 2], [1 + alpha, -2 * cosine, 1 - alpha]);
}

/** Passes the band around the frequency at its own level. */
export function bandPass(shape: FilterShape): Biquad {
  const { cosine, alpha } = angles(shape);
  return normalised([alpha, 0, -alpha], [1 + alpha, -2 * cosine, 1 - alpha]);
}

/** Raises (or with a negative gain lowers) the band around the frequency. */
export function peak(shape: FilterShape & { readonly gainDb: number }): Biquad {
  const { cosine, alpha } = angles(shape);
  const gain = 10 ** (shape.gainDb / 40);
  const feedback: Three = [1 + alpha / gain, -2 * cosine, 1 - alpha / gain];
  return normalised([1 + alpha * gain, -2 * cosine, 1 - alpha * gain], feedback);
}

/** Filters the samples where they lie. */
export function filterInPlace(samples: Float32Array, { b0, b1, b2, a1, a2 }: Biquad): void {
  let first = 0;
  let second = 0;
  for (let index = 0; index < samples.length; index += 1) {
    const input = samples[index]!;
    const output = b0 * input + first;
    first = b1 * input - a1 * output + second;
    second = b2 * input - a2 * output;
    samples[index] = output;
  }
}

type Three = readonly [number, number, number];

function angles({ sampleRateHz, frequencyHz, quality }: FilterShape): { cosine: number; alpha: number } {
  const angle = (2 * Math.PI * frequencyHz) / sampleRateHz;
  return { cosine: Math.cos(angle), alpha: Math.sin(angle) / (2 * quality) };
}

function normalised([b0, b1, b2]: Three, [a0, a1, a2]: Three): Biquad {
  return { b0: b0 / a0, b1: b1 / a0, b2: b2 / a0, a1: a1 / a0, a2: a2 / a0 };
}
