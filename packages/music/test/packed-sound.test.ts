import t from 'tap';
import { analysePacked, analyseSamples, makeSoundPacker } from '../src/index.ts';
import { soundOfPacked } from '../src/packed-sound.ts';
import { soundOfSamples } from '../src/sound.ts';
import { pack } from './support/pack.ts';
import { makeNoise, RATE_HZ, synthesiseBachata } from './support/synthesise.ts';

t.test(
  'what is packed in pieces of any length reads as it was, soft passages as exactly as loud ones',
  async (t) => {
    const noise = makeNoise(2);
    const loudness = (i: number) => (i < 3_000 ? 0.8 : 1e-5);
    const samples = Float32Array.from({ length: 10_000 }, (_, i) => loudness(i) * noise());
    const packer = makeSoundPacker(10);
    for (let from = 0; from < samples.length; from += 777) packer.append(samples.subarray(from, from + 777));
    const sound = soundOfPacked(packer.collected());
    t.equal(sound.length, samples.length);
    const read = new Float32Array(samples.length);
    sound.read(0, read);
    for (const [from, to] of [
      [0, 3_000],
      [4_096, 10_000],
    ] as const) {
      const worst = Math.max(
        ...read.subarray(from, to).map((value, i) => Math.abs(value - samples[from + i]!)),
      );
      t.ok(worst < 2e-5 * loudness(from), `${worst}`);
    }
  },
);

t.test('outside of a sound there are zeros, whichever way it is kept', async (t) => {
  const samples = Float32Array.from({ length: 1_500 }, () => 0.5);
  for (const sound of [soundOfSamples(samples), soundOfPacked(pack(samples))]) {
    for (const [from, length] of [
      [-100, 400],
      [1_300, 400],
      [-2_000, 1_000],
      [5_000, 64],
      [-10, 3_000],
    ] as const) {
      const read = new Float32Array(length).fill(9);
      sound.read(from, read);
      const isRight = (value: number, i: number) => {
        const isInside = from + i >= 0 && from + i < samples.length;
        return Math.abs(value - (isInside ? 0.5 : 0)) < 1e-4;
      };
      t.ok(read.every(isRight), `${length} from ${from}`);
    }
  }
});

t.test('packed sound is heard as the samples are', async (t) => {
  const { samples } = synthesiseBachata({ tempoBpm: 129, parts: [['verse', 8]] });
  const [packed, whole] = [analysePacked(pack(samples)), analyseSamples(samples, RATE_HZ)];
  t.equal(packed.beats.length, whole.beats.length);
  t.ok(packed.beats.every((beat, i) => Math.abs(beat - whole.beats[i]!) < 1e-3));
  t.same(packed.downbeats.length, whole.downbeats.length);
  t.ok(packed.embedding.every((value, i) => Math.abs(value - whole.embedding[i]!) < 1e-3));
});
