import { join } from 'node:path';
import t, { type Test } from 'tap';
import { findModelProblem } from '../src/model-files.ts';
import { makePoseEstimator } from '../src/pose-estimator.ts';

/** A folder in which the model's package lies, with these files for a model. */
function installed(t: Test, models: Readonly<Record<string, string>>): string {
  return t.testdir({
    'package.json': '{}',
    node_modules: { '@vladmandic': { 'human-models': { 'package.json': '{}', models } } },
  });
}

t.test('a model of wrong bytes, or cut off, is told by the file, and what mends it', async (t) => {
  const cases = [
    ['other bytes', { 'movenet-multipose.json': '{"format":"graph-model"}' }, 'is not what it should be'],
    ['nothing of a file', { 'movenet-multipose.json': '' }, 'is not what it should be'],
    ['no file', {}, 'cannot be read'],
  ] as const;
  for (const [name, models, what] of cases) {
    const problem = await findModelProblem(installed(t, models));
    t.match(problem, {
      code: 'POSE_MODEL_DAMAGED',
      message: `The pose model is damaged: movenet-multipose.json ${what}; pnpm pose:add installs it anew.`,
    });
    t.equal(problem?.retryable, false, name);
  }
  t.match(await findModelProblem(join(t.testdir(), 'nothing')), { code: 'POSE_MODEL_MISSING' });
});

t.test('nothing is looked at with a damaged model', async (t) => {
  const estimator = makePoseEstimator({ folder: installed(t, { 'movenet-multipose.json': 'cut off' }) });
  t.teardown(() => estimator.close());
  for (const first of [1, 2])
    await t.rejects(estimator.look(new Uint8Array([first, 0, 0])), {
      code: 'POSE_MODEL_DAMAGED',
      message: /movenet-multipose\.json is not what it should be/,
    });
});
