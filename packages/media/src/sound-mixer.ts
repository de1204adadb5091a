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
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const end = bytes.length - (bytes.length % frameBytes);
      reserve(end / frameBytes);
      for (let at = 0; at < end; at += frameBytes) {
        const left = finite(view.getFloat32(at, true));
        const right = channelCount === 1 ? left : finite(view.getFloat32(at + BYTES_PER_SAMPLE, true));
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

function finite(sample: number): number {
  return Number.isFinite(sample) ? sample : 0;
}
