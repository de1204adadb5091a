const BYTES_PER_SAMPLE = Float32Array.BYTES_PER_ELEMENT;

export interface SampleBuffer {
  append(chunk: Uint8Array): void;
  sampleCount(): number;
  /** All whole samples so far; what is not a finite number becomes 0. */
  samples(): Float32Array;
}

/** Collects little-endian 32-bit float samples from byte chunks cut anywhere. Grows by doubling; byte order as every platform of Node has it. */
export function makeSampleBuffer(expectedSamples: number): SampleBuffer {
  let bytes = new Uint8Array(Math.max(1024, expectedSamples) * BYTES_PER_SAMPLE);
  let length = 0;
  return {
    append(chunk) {
      if (length + chunk.length > bytes.length) {
        const larger = new Uint8Array(Math.max(bytes.length * 2, length + chunk.length + BYTES_PER_SAMPLE));
        larger.set(bytes.subarray(0, length));
        bytes = larger;
      }
      bytes.set(chunk, length);
      length += chunk.length;
    },
    sampleCount: () => Math.floor(length / BYTES_PER_SAMPLE),
    samples() {
      const samples = new Float32Array(bytes.buffer, 0, Math.floor(length / BYTES_PER_SAMPLE)).slice();
      for (let index = 0; index < samples.length; index++) {
        if (!Number.isFinite(samples[index])) samples[index] = 0;
      }
      return samples;
    },
  };
}
