import { type PackedSound, soundOfPacked } from './packed-sound.ts';
import type { Sound } from './sound.ts';

/** Raised whenever the same audio would get other peaks. */
export const WAVEFORM_VERSION = 1;
export const PEAKS_PER_SEC = 20;
/** Peaks are whole hundredths: a picture shows no more. */
const STEPS = 100;

/**
 * The outline of a sound, to be drawn: the loudest sample of every twentieth of a second, relative to the loudest of all.
 *
 * @returns ceil(duration * PEAKS_PER_SEC) values 0..1 in whole hundredths, all 0 for silence.
 */
export function peaksOf(packed: PackedSound, sampleRateHz: number): number[] {
  const sound = soundOfPacked(packed);
  const peakLength = sampleRateHz / PEAKS_PER_SEC;
  const count = Math.ceil(sound.length / peakLength);
  const peaks = Array.from({ length: count }, (_, index) =>
    loudestIn(sound, Math.round(index * peakLength), Math.round((index + 1) * peakLength)),
  );
  const loudest = peaks.reduce((a, b) => Math.max(a, b), 0);
  return peaks.map((peak) => (loudest > 0 ? Math.round((STEPS * peak) / loudest) / STEPS : 0));
}

function loudestIn(sound: Sound, from: number, to: number): number {
  const samples = new Float32Array(to - from);
  sound.read(from, samples);
  let loudest = 0;
  for (let index = 0; index < samples.length; index++) loudest = Math.max(loudest, Math.abs(samples[index]!));
  return loudest;
}
