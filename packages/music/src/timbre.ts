import meydaModule from 'meyda';
import type { Sound } from './sound.ts';
import { visitSpectra } from './spectrogram.ts';

/** Per filter, what each bin of a spectrum counts in it. */
type FilterBank = readonly (readonly number[])[];

/** What of Meyda is used here, which its types leave out; what Node loads is its default export itself. */
interface Meyda {
  sampleRate: number;
  bufferSize: number;
  readonly extract: (feature: 'rms', signal: Float32Array) => unknown;
  /** Made by `extract`. */
  readonly melFilterBank: FilterBank;
  readonly chromaFilterBank: FilterBank;
}
const meyda = meydaModule as unknown as Meyda;

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
 * @param sound Loudness normalised.
 * @param timesSec Where to measure; outside the signal there is silence.
 * @returns As many as `timesSec`.
 */
export function measureTimbre(sound: Sound, sampleRateHz: number, timesSec: readonly number[]): Timbre[] {
  const filters = makeFilters(sampleRateHz);
  return timesSec.map((timeSec) => {
    const start = Math.round(timeSec * sampleRateHz);
    const zeroCrossings = countZeroCrossings(sound, start) / WINDOW_SIZE;
    const { spectrum, powers } = spectrumFrom(sound, start);
    return {
      mfcc: cepstrumOf(powers, filters.mel),
      chroma: chromaOf(spectrum, filters.chroma),
      ...describeSpectrum(spectrum, sampleRateHz),
      zeroCrossings,
    };
  });
}

/** A filter without the bins that count nothing. */
interface Filter {
  readonly from: number;
  readonly weights: Float64Array;
}

/** Meyda's filters, which it makes when it is first asked for something. */
function makeFilters(sampleRateHz: number): { readonly mel: Filter[]; readonly chroma: Filter[] } {
  meyda.sampleRate = sampleRateHz;
  meyda.bufferSize = WINDOW_SIZE;
  meyda.extract('rms', new Float32Array(WINDOW_SIZE));
  const trim = (bank: FilterBank) =>
    bank.map((row) => {
      const counted = row.slice(0, WINDOW_SIZE / 2);
      const from = Math.max(
        0,
        counted.findIndex((weight) => weight > 0),
      );
      return {
        from,
        weights: Float64Array.from(counted.slice(from, counted.findLastIndex((w) => w > 0) + 1)),
      };
    });
  return { mel: trim(meyda.melFilterBank), chroma: trim(meyda.chromaFilterBank) };
}

function filtered(spectrum: Float32Array, { from, weights }: Filter): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * spectrum[from + i]!;
  return sum;
}

/** Mel-frequency cepstral coefficients: the cosine transform of the logarithms of mel bands. */
function cepstrumOf(powers: Float32Array, mel: readonly Filter[]): number[] {
  const bands = mel.map((filter) => Math.log(filtered(powers, filter) + 1));
  return Array.from({ length: MFCC_COUNT }, (_, k) =>
    bands.reduce((sum, band, n) => sum + 2 * band * Math.cos((Math.PI / bands.length) * (n + 0.5) * k), 0),
  );
}

function chromaOf(spectrum: Float32Array, bank: readonly Filter[]): number[] {
  const classes = bank.map((filter) => filtered(spectrum, filter));
  const strongest = Math.max(...classes);
  return classes.map((strength) => (strongest > 0 ? strength / strongest : 0));
}

/** Magnitudes and their squares, unscaled, of the window that begins there, without the highest. */
function spectrumFrom(sound: Sound, start: number) {
  const spectrum = new Float32Array(WINDOW_SIZE / 2);
  const squares = new Float32Array(WINDOW_SIZE / 2);
  const window = { windowSize: WINDOW_SIZE, hopSize: 1, startSample: start + WINDOW_SIZE / 2, frameCount: 1 };
  visitSpectra(sound, window, (powers) => {
    for (let bin = 0; bin < spectrum.length; bin++) {
      squares[bin] = (WINDOW_SIZE / 4) ** 2 * powers[bin]!;
      spectrum[bin] = Math.sqrt(squares[bin]!);
    }
  });
  return { spectrum, powers: squares };
}

function describeSpectrum(
  spectrum: Float32Array,
  sampleRateHz: number,
): Pick<Timbre, 'centroidKhz' | 'flatness' | 'rms'> {
  let sum = 0;
  let weighted = 0;
  let logs = 0;
  let squares = 0;
  for (let bin = 0; bin < spectrum.length; bin++) {
    const level = spectrum[bin]!;
    sum += level;
    weighted += bin * level;
    logs += Math.log(level);
    squares += level * level;
  }
  const isSilent = sum === 0;
  return {
    centroidKhz: isSilent ? 0 : ((weighted / sum) * sampleRateHz) / WINDOW_SIZE / 1000,
    flatness: isSilent ? 0 : (Math.exp(logs / spectrum.length) * spectrum.length) / sum,
    // Parseval: the energy of a spectrum is that of its signal, and each bin but the first stands for two.
    rms: Math.sqrt(2 * squares - spectrum[0]! ** 2) / WINDOW_SIZE,
  };
}

function countZeroCrossings(sound: Sound, start: number): number {
  const samples = new Float32Array(WINDOW_SIZE);
  sound.read(start, samples);
  let count = 0;
  for (let i = 1; i < samples.length; i++) {
    if (samples[i - 1]! >= 0 !== samples[i]! >= 0) count++;
  }
  return count;
}
