import { retireMovesExcept } from '@bachata-buddy/database';
import t from 'tap';
import { apiError } from '../../src/errors.ts';
import type { Planner } from '../../src/generate/planner.ts';
import { addSong } from '../catalogue.ts';
import { idleLauncher, noPlanner } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';

import { FROM_SONG, makeScene, onlyTask, SENTENCE, WISH, WITH_AI } from './generation-scene.ts';

t.test('a song without its audio fails the task and says why', async (t) => {
  const { database, maria, post } = await makeScene(t);
  await addSong(database, 'Silent');
  t.strictSame(await post(FROM_SONG, WISH), { status: 500, body: { error: 'Failed to generate blueprint' } });
  t.match(await onlyTask(database, maria.id), {
    status: 'failed',
    error: 'Blueprint generation failed: The audio file of this song was not found.',
    stage: 'generating_blueprint',
  });
});

t.test('a library without moves fails the task and says why', async (t) => {
  const { database, maria, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  await retireMovesExcept(database, 'test', []);
  t.strictSame(await post(FROM_SONG, WISH), { status: 500, body: { error: 'Failed to generate blueprint' } });
  const text = 'No moves found in database. Please ensure move embeddings are generated.';
  t.equal((await onlyTask(database, maria.id)).error, `Blueprint generation failed: ${text}`);
});

t.test('without a single song a sentence fails, and a task remembers it', async (t) => {
  const { database, maria, post } = await makeScene(t);
  t.strictSame(await post(WITH_AI, { query: SENTENCE }), {
    status: 500,
    body: { error: 'Failed to select song' },
  });
  t.match(await onlyTask(database, maria.id), {
    status: 'failed',
    error: 'Song selection failed: No songs available in database',
    songId: null,
    query: SENTENCE,
  });
});

t.test('a launcher that cannot launch fails the task and says why', async (t) => {
  const launcher = {
    ...idleLauncher,
    assertReady: () => Promise.reject(apiError('LAUNCH_NO_JOB', 'The rendering program is not installed.')),
  };
  const { database, maria, post } = await makeScene(t, { launcher });
  await addPlanningCatalogue(database);
  t.strictSame(await post(FROM_SONG, WISH), {
    status: 500,
    body: { error: 'Failed to create job execution' },
  });
  t.match(await onlyTask(database, maria.id), {
    status: 'failed',
    error: 'Job submission failed: The rendering program is not installed.',
    stage: 'submitting_job',
  });
});

t.test('planning that takes too long ends with its deadline, even where it does not listen', async (t) => {
  const planner: Planner = { ...noPlanner, compose: () => new Promise(() => {}) };
  const { database, maria, post } = await makeScene(t, {
    makePlanner: () => planner,
    generationDeadlineMs: 50,
  });
  await addSong(database, 'One');
  t.strictSame(await post(FROM_SONG, WISH), { status: 500, body: { error: 'Failed to generate blueprint' } });
  t.match(
    (await onlyTask(database, maria.id)).error,
    /^Blueprint generation failed: It took longer than 0.05 seconds\.$/,
  );
});

t.test('a bug in planning is masked in the task too', async (t) => {
  const planner: Planner = {
    ...noPlanner,
    compose: () => Promise.reject(new TypeError('/secret/path.ts is undefined')),
  };
  const { database, maria, post } = await makeScene(t, { makePlanner: () => planner });
  await addSong(database, 'One');
  t.strictSame(await post(FROM_SONG, WISH), { status: 500, body: { error: 'Failed to generate blueprint' } });
  t.equal((await onlyTask(database, maria.id)).error, 'Blueprint generation failed: Internal error.');
});

t.test('shutting the service down ends what is being planned', async (t) => {
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const compose = () => {
    begin();
    return new Promise<never>(() => {});
  };
  const { app, database, maria, post } = await makeScene(t, {
    makePlanner: () => ({ ...noPlanner, compose }),
  });
  await addSong(database, 'One');
  const answer = post(FROM_SONG, WISH);
  await begun;
  await app.close();
  t.equal((await answer).status, 500);
  t.equal(
    (await onlyTask(database, maria.id)).error,
    'Blueprint generation failed: The service is shutting down.',
  );
});

t.test('a language model that fails or talks nonsense is done without', async (t) => {
  for (const answerJson of [() => Promise.reject(new Error('no')), () => Promise.resolve('nonsense')]) {
    const { database, post } = await makeScene(t, { language: { answerJson } });
    await addPlanningCatalogue(database);
    const { status, body } = await post(WITH_AI, { query: SENTENCE });
    t.equal(status, 202);
    t.equal(body.parsed_parameters.style, 'romantic');
  }
});
