import { join } from 'node:path';
import t from 'tap';
import { makePoseEstimator } from '../src/pose-estimator.ts';

const program = (name: string) => new URL(`./programs/${name}`, import.meta.url);
const picture = (first: number) => new Uint8Array([first, 0, 0]);

t.test('a thread that hangs is given up in time', async (t) => {
  const estimator = makePoseEstimator({ program: program('hangs.mjs'), timeoutMs: 300 });
  t.teardown(() => estimator.close());
  await t.rejects(estimator.look(picture(1)), {
    code: 'POSE_MODEL_FAILED',
    message: /gave no answer in 0\.3 s/,
  });
});

t.test('a thread that breaks down is started anew, but not without end', async (t) => {
  const estimator = makePoseEstimator({ program: program('breaks-down-once.mjs') });
  t.teardown(() => estimator.close());
  const brokenDown = { code: 'POSE_MODEL_FAILED', message: /broke down/ };
  await t.rejects(estimator.look(picture(13)), brokenDown);
  t.same([...(await estimator.look(picture(7)))], [7]);
  await t.rejects(estimator.look(picture(13)), brokenDown);
  await t.rejects(estimator.look(picture(13)), brokenDown);
  await t.rejects(estimator.look(picture(7)), brokenDown, 'three times are enough');
});

t.test('pictures are looked at one after the other, whoever asks first', async (t) => {
  const estimator = makePoseEstimator({ program: program('breaks-down-once.mjs') });
  t.teardown(() => estimator.close());
  const answers = await Promise.all([3, 1, 2].map((first) => estimator.look(picture(first))));
  t.same(
    answers.map(([first]) => first),
    [3, 1, 2],
  );
});

t.test('whoever no longer wants it is let go at once', async (t) => {
  const estimator = makePoseEstimator({ program: program('hangs.mjs') });
  t.teardown(() => estimator.close());
  const stop = new AbortController();
  const looking = estimator.look(picture(1), stop.signal);
  stop.abort();
  await t.rejects(looking, { code: 'CANCELLED' });
  await t.rejects(estimator.look(picture(1), stop.signal), { code: 'CANCELLED' });
});

t.test('a model that is not there is named, whatever is asked', async (t) => {
  const estimator = makePoseEstimator({ folder: join(t.testdir(), 'nothing') });
  t.teardown(() => estimator.close());
  for (const first of [1, 2])
    await t.rejects(estimator.look(picture(first)), { code: 'POSE_MODEL_MISSING' }, `${first}`);
});
