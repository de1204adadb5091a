import FFT from 'fft.js';

/** What a visitor of {@link visitSpectra} is given; `magnitudes` is reused from frame to frame, so copy what you keep. */
export type SpectrumVisitor = (magnitudes: Float32Array, frame: number) => void;

export interface SpectraOptions {
  /** Samples per window, a power of two. */
  readonly windowSize: number;
  /** Samples between the centres of two windows. */
  readonly hopSize: number;
  /** First sample that is looked at; frame 0 is centred on it. Default 0. */
  readonly startSample?: number;
  /** Number of frames. Default: as many as have their centre inside the samples. */
  readonly frameCount?: number;
}

/**
 * Walk over the magnitude spectra of a signal without keeping them: memory stays that of one frame.
 *
 * Frame k is centred on sample `startSample + k * hopSize`; outside the signal there are zeros, so an attack on the very
 * first sample is seen as one. The window is a periodic Hann; magnitudes are scaled so that a sine of amplitude 1
 * reads 1.
 *
 * @param samples Float32Array [n], mono.
 * @param visit Called once per frame with Float32Array [windowSize / 2 + 1] and the frame's number.
 */
export function visitSpectra(samples: Float32Array, options: SpectraOptions, visit: SpectrumVisitor): void {
  const { windowSize, hopSize, startSample = 0 } = options;
  const frameCount = options.frameCount ?? countFrames(samples.length, hopSize);
  const { fft, window, input, output } = planOf(windowSize);
  const magnitudes = new Float32Array(windowSize / 2 + 1);
  const scale = 4 / windowSize;
  for (let frame = 0; frame < frameCount; frame++) {
    const offset = startSample + frame * hopSize - windowSize / 2;
    const from = Math.min(windowSize, Math.max(0, -offset));
    const to = Math.max(from, Math.min(windowSize, samples.length - offset));
    input.fill(0, 0, from);
    input.fill(0, to);
    for (let i = from; i < to; i++) input[i] = samples[offset + i]! * window[i]!;
    // fft.js types its buffers as number[]; it only reads and writes by index, so typed arrays serve and are faster.
    fft.realTransform(output as unknown as number[], input as unknown as number[]);
    for (let bin = 0; bin < magnitudes.length; bin++) {
      const re = output[2 * bin]!;
      const im = output[2 * bin + 1]!;
      magnitudes[bin] = Math.sqrt(re * re + im * im) * scale;
    }
    visit(magnitudes, frame);
  }
}

/** Frames whose centre lies inside a signal of that many samples; 0 for an empty one. */
export function countFrames(sampleCount: number, hopSize: number): number {
  return Math.ceil(sampleCount / hopSize);
}

/** What a window of one size takes, made once: analysis has four sizes, and asks for some of them a thousand times. */
interface Plan {
  readonly fft: FFT;
  readonly window: Float32Array;
  /** Of one frame; nothing in them outlives it. */
  readonly input: Float32Array;
  readonly output: Float32Array;
}

const plans = new Map<number, Plan>();

function planOf(windowSize: number): Plan {
  const known = plans.get(windowSize);
  if (known !== undefined) return known;
  const plan = {
    fft: new FFT(windowSize),
    window: hannWindow(windowSize),
    input: new Float32Array(windowSize),
    output: new Float32Array(windowSize * 2),
  };
  plans.set(windowSize, plan);
  return plan;
}

/** Periodic Hann window, Float32Array [size], 0..1. */
function hannWindow(size: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
}
