import type { AppError } from '@bachata-buddy/platform';
import { musicError } from './errors.ts';
import { PACKED_BLOCK_SAMPLES, type PackedSound } from './packed-sound.ts';
import { type Sound, visitStretches } from './sound.ts';

/** Below this peak (-80 dBFS) a signal counts as silence. */
const SILENCE_PEAK = 1e-4;
/** Every so many samples loudness is measured. */
const LOUDNESS_STRIDE = 4;

/**
 * Check that samples and rate are audio that can be analysed.
 *
 * @param samples Float32Array [n], mono, nominally -1..1 (louder is accepted); may be empty.
 * @param sampleRateHz Samples per second, 1,000..768,000.
 * @throws AppError `MUSIC_INVALID_AUDIO` for another type, a rate out of range, or a sample that is not finite.
 */
export function validateAudio(samples: Float32Array, sampleRateHz: number): void {
  if (!(samples instanceof Float32Array)) {
    throw musicError('MUSIC_INVALID_AUDIO', 'The audio must be a Float32Array of mono samples.');
  }
  if (!Number.isFinite(sampleRateHz) || sampleRateHz < 1_000 || sampleRateHz > 768_000) {
    throw musicError('MUSIC_INVALID_AUDIO', 'The sample rate must lie between 1,000 and 768,000 Hz.', {
      details: { sampleRateHz },
    });
  }
  for (let i = 0; i < samples.length; i++) {
    if (!Number.isFinite(samples[i])) throw notFinite(i);
  }
}

/** @throws AppError `MUSIC_INVALID_AUDIO` for a block with a sample that was not finite. */
export function validatePacked({ scales }: PackedSound): void {
  const block = scales.findIndex((scale) => !Number.isFinite(scale));
  if (block >= 0) throw notFinite(block * PACKED_BLOCK_SAMPLES);
}

function notFinite(sampleIndex: number): AppError {
  const message = 'The audio holds a sample that is not a finite number.';
  return musicError('MUSIC_INVALID_AUDIO', message, { details: { sampleIndex } });
}

/**
 * The factor that brings a sound to a common loudness, so that thresholds mean the same for a quiet and a loud recording:
 * its sounding part has an RMS of 0.1 then.
 *
 * @returns `undefined` where it is silence.
 */
export function loudnessGain(sound: Sound): number | undefined {
  const targetRms = 0.1;
  const peak = sound.peak();
  if (peak < SILENCE_PEAK) return undefined;
  // Silence before and after the song must not raise the gain: only samples within 40 dB of the peak count. One in four
  // says as much as all, the peak itself speaks for sounds of a few samples.
  const floor = peak * 0.01;
  let squares = peak * peak;
  let count = 1;
  visitStretches(sound, (samples) => {
    for (let i = 0; i < samples.length; i += LOUDNESS_STRIDE) {
      const value = samples[i]!;
      if (value < floor && value > -floor) continue;
      squares += value * value;
      count++;
    }
  });
  return targetRms / Math.sqrt(squares / count);
}
