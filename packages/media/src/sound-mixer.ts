const BYTES_PER_SAMPLE = Float32Array.BYTES_PER_ELEMENT;
/**
 * Channels cancel where their mean has less than this share of the louder one's energy: equal channels leave all of it,
 * strangers half, one silent channel a quarter, opposite ones nothing.
 */
const CANCELLED_SHARE = 0.1;

/** Takes samples as they come. */
export interface SampleSink {
  /** @param samples Mono, finite; used again afterwards, so copy what you keep. */
  readonly append: (samples: Float32Array) => void;
}

export interface SoundMixer {
  append(chunk: Uint8Array): void;
  sampleCount(): number;
  /** The channel to listen to instead, where the two cancel each other; `null` where their mix is as good. */
  channelInstead(): 'left' | 'right' | null;
}

/**
 * Mixes interleaved little-endian 32-bit float samples of one or two channels to one, from byte chunks cut anywhere, and
 * hands them on. What is not a finite number becomes 0.
 */
export function makeSoundMixer(channelCount: 1 | 2, sink: SampleSink): SoundMixer {
  // Two channels add up by power, as strangers do: a mix is about as loud as what it is made of.
  const gain = channelCount === 1 ? 0.5 : Math.SQRT1_2;
  const frameBytes = channelCount * BYTES_PER_SAMPLE;
  let mixed = new Float32Array(0);
  let length = 0;
  let rest = new Uint8Array(0);
  const energy = { left: 0, right: 0, mean: 0 };

  return {
    append(chunk) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = bytes.length - (bytes.length % frameBytes);
      const values = floatsOf(bytes.subarray(0, end));
      const count = values.length / channelCount;
      if (mixed.length < count) mixed = new Float32Array(count);
      const added = { left: 0, right: 0, both: 0 };
      for (let i = 0, to = 0; to < count; i += channelCount, to++) {
        const left = finite(values[i]);
        const right = channelCount === 1 ? left : finite(values[i + 1]);
        const sum = left + right;
        mixed[to] = sum * gain;
        added.left += left * left;
        added.right += right * right;
        added.both += sum * sum;
      }
      energy.left += added.left;
      energy.right += added.right;
      energy.mean += added.both / 4;
      sink.append(mixed.subarray(0, count));
      length += count;
      rest = Uint8Array.from(bytes.subarray(end));
    },
    sampleCount: () => length,
    channelInstead() {
      const louder = energy.left >= energy.right ? 'left' : 'right';
      return energy.mean < CANCELLED_SHARE * energy[louder] ? louder : null;
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
