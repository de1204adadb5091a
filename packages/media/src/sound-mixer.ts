const BYTES_PER_SAMPLE = Float32Array.BYTES_PER_ELEMENT;
/**
 * Channels cancel where their mean has less than this share of the louder one's energy: equal channels leave all of it,
 * strangers half, one silent channel a quarter, opposite ones nothing.
 */
const CANCELLED_SHARE = 0.1;

/** Sound mixed to one channel. */
export interface MixedSound {
  /** Float32Array [n], a view of the beginning of a buffer that nobody else uses; always finite. */
  readonly samples: Float32Array;
  /** The channel to listen to instead, where the two cancel each other; `null` where their mix is as good. */
  readonly channelInstead: 'left' | 'right' | null;
}

export interface SoundMixer {
  append(chunk: Uint8Array): void;
  sampleCount(): number;
  /** All whole samples so far. */
  mixed(): MixedSound;
}

/**
 * Mixes interleaved little-endian 32-bit float samples of one or two channels to one, from byte chunks cut anywhere.
 * What is not a finite number becomes 0. Keeps 4 bytes a sample; grows by doubling.
 */
export function makeSoundMixer(channelCount: 1 | 2, expectedSamples: number): SoundMixer {
  // Two channels add up by power, as strangers do: a mix is about as loud as what it is made of.
  const gain = channelCount === 1 ? 0.5 : Math.SQRT1_2;
  const frameBytes = channelCount * BYTES_PER_SAMPLE;
  let samples = new Float32Array(Math.max(1024, expectedSamples));
  let length = 0;
  let rest = new Uint8Array(0);
  const energy = { left: 0, right: 0, mean: 0 };

  const reserve = (count: number) => {
    if (length + count <= samples.length) return;
    const larger = new Float32Array(Math.max(samples.length * 2, length + count));
    larger.set(samples.subarray(0, length));
    samples = larger;
  };

  return {
    append(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = bytes.length - (bytes.length % frameBytes);
      reserve(end / frameBytes);
      const values = floatsOf(bytes.subarray(0, end));
      for (let i = 0; i < values.length; i += channelCount) {
        const left = finite(values[i]);
        const right = channelCount === 1 ? left : finite(values[i + 1]);
        const sum = left + right;
        samples[length++] = sum * gain;
        energy.left += left * left;
        energy.right += right * right;
        energy.mean += (sum * sum) / 4;
      }
      rest = Uint8Array.from(bytes.subarray(end));
    },
    sampleCount: () => length,
    mixed() {
      const louder = energy.left >= energy.right ? 'left' : 'right';
      const isCancelled = energy.mean < CANCELLED_SHARE * energy[louder];
      return { samples: samples.subarray(0, length), channelInstead: isCancelled ? louder : null };
    },
  };
}

/** The floats that the bytes are, in the byte order that every platform of Node has; copied where they lie askew. */
function floatsOf(bytes: Uint8Array): Float32Array {
  const whole = bytes.byteOffset % BYTES_PER_SAMPLE === 0 ? bytes : Uint8Array.from(bytes);
  return new Float32Array(whole.buffer, whole.byteOffset, whole.length / BYTES_PER_SAMPLE);
}

function finite(sample: number | undefined): number {
  return sample !== undefined && Number.isFinite(sample) ? sample : 0;
}
