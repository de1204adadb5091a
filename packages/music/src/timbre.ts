import meydaModule from 'meyda';

/** Meyda's types speak of an ES module with a default export; what Node loads is that export itself. */
const meyda = meydaModule as unknown as typeof meydaModule.default;

/** 93 ms at 22,050 Hz: long enough to tell semitones apart above 200 Hz. */
const WINDOW_SIZE = 2048;
export const MFCC_COUNT = 13;
export const CHROMA_COUNT = 12;

/** Colour and harmony of a moment. */
export interface Timbre {
  /** Mel-frequency cepstral coefficients [13]; the first is loudness. */
  readonly mfcc: readonly number[];
  /** Strength of the twelve pitch classes from C, [12], the largest is 1 (all 0 for silence). */
  readonly chroma: readonly number[];
  /** Centre of the spectrum in kHz, 0 for silence. */
  readonly centroidKhz: number;
  /** Spectral flatness 0 (tone) to 1 (noise). */
  readonly flatness: number;
  /** Zero crossings as a share of the samples, 0..1. */
  readonly zeroCrossings: number;
  /** Root mean square of the samples. */
  readonly rms: number;
}

/**
 * Measure timbre at given moments; a window of 93 ms begins at each.
 *
 * Few moments (one or two a beat) say as much as all frames do, at a fiftieth of the time.
 *
 * @param samples Float32Array [n], mono, loudness normalised.
 * @param timesSec Where to measure; outside the signal there is silence.
 * @returns As many as `timesSec`.
 */
export function measureTimbre(
  samples: Float32Array,
  sampleRateHz: number,
  timesSec: readonly number[],
): Timbre[] {
  // Meyda is configured on the module itself; setting all three on every call keeps callers from depending on order.
  meyda.sampleRate = sampleRateHz;
  meyda.bufferSize = WINDOW_SIZE;
  meyda.windowingFunction = 'hanning';
  meyda.numberOfMFCCCoefficients = MFCC_COUNT;
  const frame = new Float32Array(WINDOW_SIZE);
  return timesSec.map((timeSec) => {
    const start = Math.round(timeSec * sampleRateHz);
    frame.fill(0);
    frame.set(samples.subarray(Math.max(0, start), Math.max(0, start + WINDOW_SIZE)), Math.max(0, -start));
    return extractTimbre(frame, sampleRateHz);
  });
}

function extractTimbre(frame: Float32Array, sampleRateHz: number): Timbre {
  const found = meyda.extract(
    ['mfcc', 'chroma', 'spectralCentroid', 'spectralFlatness', 'zcr', 'rms'],
    frame,
  );
  if (found === null) throw new Error('The spectrum could not be measured.');
  const { mfcc, chroma, spectralCentroid, spectralFlatness, zcr, rms } = found;
  return {
    mfcc: (mfcc ?? []).map(finite),
    chroma: (chroma ?? []).map(finite),
    centroidKhz: (finite(spectralCentroid ?? 0) * sampleRateHz) / WINDOW_SIZE / 1000,
    flatness: finite(spectralFlatness ?? 0),
    zeroCrossings: (zcr ?? 0) / WINDOW_SIZE,
    rms: finite(rms ?? 0),
  };
}

/** Meyda answers NaN or -Infinity for the ratios of a silent frame. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
