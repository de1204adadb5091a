import t from 'tap';
import { analyseSamples } from '../src/index.ts';
import { makeNoise, RATE_HZ, synthesiseBachata } from './support/synthesise.ts';

function cosine(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

t.test(
  'two performances of one song are nearer than another form, and that is nearer than noise',
  async (t) => {
    const embed = (samples: Float32Array) => analyseSamples(samples, RATE_HZ).embedding;
    const song = embed(synthesiseBachata({ tempoBpm: 124, parts: [['verse', 8]], seed: 1 }).samples);
    const again = embed(synthesiseBachata({ tempoBpm: 125, parts: [['verse', 8]], seed: 2 }).samples);
    const mambo = embed(synthesiseBachata({ tempoBpm: 145, parts: [['mambo', 8]], seed: 3 }).samples);
    const noise = embed(Float32Array.from({ length: 15 * RATE_HZ }, makeNoise(4)));
    t.ok(cosine(song, again) > 0.95);
    t.ok(cosine(song, again) > cosine(song, mambo) + 0.03);
    t.ok(cosine(song, mambo) > cosine(song, noise));
  },
);
