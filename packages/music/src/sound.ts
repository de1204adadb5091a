import { productSum } from './statistics.ts';

/**
 * Sound to listen to: mono samples that are read a stretch at a time, so that they can be kept in less room than four bytes
 * each.
 */
export interface Sound {
  /** Number of samples. */
  readonly length: number;
  /** The largest magnitude of a sample; 0 where there is none. */
  readonly peak: () => number;
  /** The same sound, louder by a factor. */
  readonly amplified: (gain: number) => Sound;
  /** Writes the samples from one on, as many as `target` has room for; outside the sound there are zeros. */
  readonly read: (from: number, target: Float32Array) => void;
}

/** The samples themselves, times a factor; they are not copied. */
export function soundOfSamples(samples: Float32Array, gain = 1): Sound {
  return {
    length: samples.length,
    peak: () => gain * samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0),
    amplified: (more) => soundOfSamples(samples, gain * more),
    read: (from, target) => {
      const inside = samples.subarray(Math.max(0, from), Math.max(0, from + target.length));
      if (inside.length < target.length) target.fill(0);
      if (inside.length > 0) target.set(inside, Math.max(0, -from));
      for (let i = 0; gain !== 1 && i < target.length; i++) target[i]! *= gain;
    },
  };
}

const STRETCH_SAMPLES = 8_192;

/** Walks over a part of a sound; what the visitor is given is used again, so copy what you keep. */
export function visitStretches(
  sound: Sound,
  visit: (samples: Float32Array, from: number) => void,
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: sound.length },
): void {
  const room = new Float32Array(STRETCH_SAMPLES);
  for (let at = from; at < to; at += room.length) {
    const stretch = room.subarray(0, Math.min(room.length, to - at));
    sound.read(at, stretch);
    visit(stretch, at);
  }
}

/** Root mean square of the samples from one place up to another; 0 for none. */
export function loudnessOf(sound: Sound, from: number, to: number): number {
  if (to <= from) return 0;
  let squares = 0;
  visitStretches(
    sound,
    (samples) => {
      squares += productSum(samples, samples);
    },
    { from, to },
  );
  return Math.sqrt(squares / (to - from));
}
