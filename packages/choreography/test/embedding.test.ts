import t from 'tap';
import { combineEmbedding, describeMove, embedText } from '../src/index.ts';
import { makeRandom, unitVector } from './support/synthetic.ts';

function cosine(a: string, b: string): number {
  const [left, right] = [embedText(a), embedText(b)];
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}

const norm = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));

t.test('a text becomes 384 values of unit length, always the same', async (t) => {
  const vector = embedText('Romántica, with turns');
  t.equal(vector.length, 384);
  t.ok(Math.abs(norm(vector) - 1) < 1e-12);
  t.same(embedText('Romántica, with turns'), vector);
  t.same(embedText('ROMANTICA with turns!'), vector);
  t.equal(norm(embedText(' ?! ')), 0);
});

t.test('texts of the same meaning are nearer than others, in both languages', async (t) => {
  t.ok(cosine('lots of turns', 'ladyturn') > cosine('lots of turns', 'body wave') + 0.2);
  t.ok(cosine('vueltas', 'turn') > 0.3);
  t.ok(cosine('slow and sensual', 'lenta y sensual') > cosine('slow and sensual', 'fast footwork') + 0.2);
  t.ok(cosine('enchuflar', 'enchufla') > 0.2, 'unknown words meet by their letters');
});

t.test('what a text refuses does not draw it nearer', async (t) => {
  t.ok(cosine('romantic without dips', 'dip') < 0.1);
  t.ok(cosine('romantic with dips', 'dip') > 0.3);
});

t.test('a move is described in one sentence', async (t) => {
  const move = {
    name: 'Front step',
    label: 'cross_body_lead',
    difficulty: 'beginner',
    energyLevel: 'low',
    style: 'modern',
  } as const;
  t.equal(
    describeMove(move),
    'Front step: cross body lead bachata move, beginner difficulty, low energy, modern style',
  );
});

t.test('parts are weighted 0.35, 0.35, 0.30 and put together to unit length', async (t) => {
  const random = makeRandom(4);
  const pose = unitVector(random, 512).map((value) => value * 7);
  const [audio, text] = [unitVector(random, 128), unitVector(random, 384)];
  const combined = combineEmbedding({ pose, audio, text });
  t.equal(combined.length, 1024);
  t.ok(Math.abs(norm(combined) - 1) < 1e-6);
  const whole = Math.hypot(0.35, 0.35, 0.3);
  const parts = [combined.subarray(0, 512), combined.subarray(512, 640), combined.subarray(640)].map(norm);
  [0.35, 0.35, 0.3].forEach((weight, index) => {
    t.ok(Math.abs(parts[index]! - weight / whole) < 1e-6, `part ${index}`);
  });
});

t.test(
  'missing parts are zeros; nothing at all, a wrong length or a broken number is an error',
  async (t) => {
    const audio = unitVector(makeRandom(5), 128);
    const combined = combineEmbedding({ audio, text: new Array(384).fill(0) });
    t.ok(Math.abs(norm(combined.subarray(512, 640)) - 1) < 1e-6);
    t.equal(norm(combined.subarray(0, 512)) + norm(combined.subarray(640)), 0);
    t.throws(() => combineEmbedding({}), { code: 'CHOREOGRAPHY_EMBEDDING_EMPTY' });
    t.throws(() => combineEmbedding({ audio: audio.slice(1) }), { code: 'CHOREOGRAPHY_EMBEDDING_INVALID' });
    t.throws(() => combineEmbedding({ audio: audio.with(0, Number.NaN) }), {
      code: 'CHOREOGRAPHY_EMBEDDING_INVALID',
    });
  },
);
