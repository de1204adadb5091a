import type { Sound } from './sound.ts';

const LOUDEST_VALUE = 32_767;
/** Samples that share a scale. */
const BLOCK_BITS = 10;
export const PACKED_BLOCK_SAMPLES = 2 ** BLOCK_BITS;

/**
 * Sound at the rate of analysis in two bytes a sample: whole numbers, and for each block what one stands for. Soft blocks
 * are as exact as loud ones: what is lost lies 98 dB under the loudest sample of a block.
 */
export interface PackedSound {
  /** Int16Array [n]. */
  readonly values: Int16Array;
  /** Float32Array [n / 1,024, rounded up]. */
  readonly scales: Float32Array;
}

/** Packs samples as they come, in pieces of any length. */
export interface SoundPacker {
  /** @param samples Mono, finite; copied. */
  readonly append: (samples: Float32Array) => void;
  /** All of them so far; nothing may be appended afterwards. Its buffers are the caller's alone. */
  readonly collected: () => PackedSound;
}

/** @param expectedSamples Where more come than that, room for all is made anew. */
export function makeSoundPacker(expectedSamples: number): SoundPacker {
  let values = new Int16Array(Math.max(PACKED_BLOCK_SAMPLES, expectedSamples));
  const scales: number[] = [];
  const block = new Float32Array(PACKED_BLOCK_SAMPLES);
  let length = 0;
  let waiting = 0;

  const pack = (samples: Float32Array) => {
    if (length + samples.length > values.length) values = enlarge(values, length + samples.length);
    scales.push(packInto(values.subarray(length, length + samples.length), samples));
    length += samples.length;
  };
  const packWaiting = () => {
    pack(block.subarray(0, waiting));
    waiting = 0;
  };

  return {
    append: (samples) => {
      for (let from = 0; from < samples.length; ) {
        const piece = samples.subarray(from, from + PACKED_BLOCK_SAMPLES - waiting);
        from += piece.length;
        if (piece.length === PACKED_BLOCK_SAMPLES) pack(piece);
        else {
          block.set(piece, waiting);
          waiting += piece.length;
          if (waiting === PACKED_BLOCK_SAMPLES) packWaiting();
        }
      }
    },
    collected: () => {
      if (waiting > 0) packWaiting();
      return { values: values.subarray(0, length), scales: Float32Array.from(scales) };
    },
  };
}

function enlarge(values: Int16Array, leastLength: number): Int16Array<ArrayBuffer> {
  const larger = new Int16Array(Math.max(2 * values.length, leastLength));
  larger.set(values);
  return larger;
}

/** Writes samples as whole numbers, and says what one stands for: NaN where one is not finite. */
function packInto(values: Int16Array, samples: Float32Array): number {
  let loudest = 0;
  let zero = 0;
  for (let i = 0; i < values.length; i++) {
    const sample = samples[i]!;
    const level = Math.abs(sample);
    if (level > loudest) loudest = level;
    // NaN where a sample is infinite or no number.
    zero += sample - sample;
  }
  const steps = loudest > 0 ? LOUDEST_VALUE / loudest : 0;
  for (let i = 0; i < values.length; i++) values[i] = Math.round(samples[i]! * steps);
  return loudest / LOUDEST_VALUE + zero;
}

export function soundOfPacked({ values, scales }: PackedSound): Sound {
  return {
    length: values.length,
    peak: () => LOUDEST_VALUE * scales.reduce((loudest, scale) => Math.max(loudest, scale), 0),
    amplified: (gain) => soundOfPacked({ values, scales: scales.map((scale) => scale * gain) }),
    read: (from, target) => {
      const end = Math.min(values.length, from + target.length);
      if (from < 0 || end < from + target.length) target.fill(0);
      for (let at = Math.max(0, from); at < end; ) {
        const scale = scales[at >> BLOCK_BITS]!;
        const blockEnd = Math.min(end, ((at >> BLOCK_BITS) + 1) << BLOCK_BITS);
        for (; at < blockEnd; at++) target[at - from] = values[at]! * scale;
      }
    },
  };
}
