import t from 'tap';
import { peaksOf, type SongAnalysis, typicalPart } from '../src/index.ts';
import { pack } from './support/pack.ts';

const RATE_HZ = 22_050;

t.test('peaks are the outline of a sound, relative to its loudest sample', async (t) => {
  const samples = new Float32Array(RATE_HZ * 3);
  // Silence, half as loud with one louder click, loud.
  for (let index = RATE_HZ; index < samples.length; index++) {
    const level = index < 2 * RATE_HZ ? 0.2 : 0.4;
    samples[index] = index % 2 === 0 ? level : -level;
  }
  samples[Math.round(1.525 * RATE_HZ)] = -0.3;
  const peaks = peaksOf(pack(samples), RATE_HZ);
  t.equal(peaks.length, 60);
  t.ok(peaks.slice(0, 20).every((peak) => peak === 0));
  t.strictSame(
    peaks.slice(20, 40).map((peak, at) => (at === 10 ? peak - 0.75 : peak - 0.5)),
    new Array(20).fill(0),
  );
  t.ok(peaks.slice(40).every((peak) => peak === 1));
  t.strictSame(peaksOf(pack(new Float32Array(RATE_HZ / 2)), RATE_HZ), new Array(10).fill(0), 'silence');
  t.strictSame(peaksOf(pack(new Float32Array(0)), RATE_HZ), []);
});

function songWith(sections: SongAnalysis['sections'], values: readonly number[]): SongAnalysis {
  return {
    version: 1,
    durationSec: 100,
    tempoBpm: 120,
    timeSignature: '4/4',
    beats: [],
    downbeats: [],
    eights: Array.from({ length: 24 }, (_, index) => 1 + 4 * index),
    sections,
    energy: { hopSec: 0.5, values },
    embedding: [],
    confidence: { tempo: 1, beat: 1, downbeat: 1, eight: 1 },
  };
}

t.test('a song is known again by its first chorus, else by its loudest stretch', async (t) => {
  const flat = new Array<number>(200).fill(0.5);
  const part = (label: 'verse' | 'chorus', start: number, end: number) => ({
    label,
    start,
    end,
    energy: 1,
    confidence: 1,
  });
  const sung = songWith([part('verse', 1, 41), part('chorus', 41, 45), part('chorus', 61, 81)], flat);
  t.same(typicalPart(sung, 20), { startSec: 61, durationSec: 20 }, 'the first that is long enough');
  const late = songWith([part('verse', 1, 85), part('chorus', 85, 100)], flat);
  t.same(typicalPart(late, 20), { startSec: 80, durationSec: 20 }, 'not over the end');
  const loud = flat.map((value, index) => (index >= 60 && index < 100 ? 0.9 : value));
  t.same(
    typicalPart(songWith([], loud), 20),
    { startSec: 29, durationSec: 20 },
    'on the "1" nearest to 30 s',
  );
  t.same(typicalPart({ ...sung, durationSec: 12 }, 20), { startSec: 0, durationSec: 12 });
});
