import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { buildMoveLibrary, type LanguageModel, planChoreography } from '@bachata-buddy/choreography';
import { listMoves } from '@bachata-buddy/database';
import t from 'tap';
import { startChoreographer } from '../../src/generate/choreographer/choreographer.ts';
import { makeTurns } from '../../src/generate/choreographer/turns.ts';
import { movesOnStage } from '../../src/generate/moves-on-stage.ts';
import { ANALYSIS, addPlanningCatalogue } from '../planning-scene.ts';
import type { Tap } from '../tap.ts';
import { FROM_SONG, makeScene, onlyTask, WISH } from './generation-scene.ts';

const REQUEST = {
  difficulty: 'intermediate',
  energyLevel: 'high',
  style: 'modern',
  specialRequirements: [],
  seed: 5,
} as const;
const QUESTION = {
  analysis: ANALYSIS,
  request: REQUEST,
  deadlineMs: 60_000,
  document: {
    taskId: '11111111-2222-4333-8444-555555555555',
    userId: 1,
    generatedAt: new Date(0),
    wishes: undefined,
  },
  song: { id: 1, title: 'Cancion', artist: 'Los Medidos', audioPath: 'songs/one.mp3' },
  openWishes: [],
};
/** Of a question that nobody gives up. */
const patient = () => ({ signal: new AbortController().signal });

async function open(t: Tap, language?: LanguageModel) {
  const { database } = await makeScene(t);
  await addPlanningCatalogue(database);
  const moves = movesOnStage(await listMoves(database));
  const losses: string[] = [];
  const started = once(process, 'worker');
  const choreographer = startChoreographer({ language, onLost: () => losses.push('lost') });
  t.teardown(() => choreographer.close());
  const [thread] = (await started) as [Worker];
  await choreographer.load(moves);
  return { choreographer, moves, thread, losses };
}

t.test('a dance is the same one that is planned without a thread', async (t) => {
  const { choreographer, moves } = await open(t);
  const { blueprint } = await choreographer.ask('compose', { question: QUESTION, ...patient() });
  const library = await buildMoveLibrary(moves);
  const plan = await planChoreography({ analysis: ANALYSIS, library, request: REQUEST });
  t.strictSame(
    blueprint.moves.map(({ move_id, start_time }) => [move_id, start_time]),
    plan.moves.map(({ moveId, startSec }) => [moveId, startSec]),
  );
});

t.test(
  'a question that is given up ends at once, with its reason, and the next one is answered',
  async (t) => {
    const asked: AbortSignal[] = [];
    const silent: LanguageModel = {
      answerJson: ({ signal }) => {
        if (signal !== undefined) asked.push(signal);
        return new Promise(() => {});
      },
    };
    const { choreographer } = await open(t, silent);
    const controller = new AbortController();
    const answer = choreographer.ask('compose', { question: QUESTION, signal: controller.signal });
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const reason = new Error('enough');
    controller.abort(reason);
    await t.rejects(answer, reason);
    const [call] = asked;
    if (call?.aborted === false) await once(call, 'abort');
    t.pass('the language model is told');
    const told: string[] = [];
    const { designedBy } = await choreographer.ask('compose', {
      question: { ...QUESTION, deadlineMs: 20 },
      ...patient(),
      onFallback: (why) => told.push(why),
    });
    t.equal(designedBy, 'rules');
    t.match(told, [/^no answer within 20 ms/]);
  },
);

t.test('an error keeps its class and its words on its way', async (t) => {
  const { choreographer } = await open(t);
  const silence = { ...ANALYSIS, beats: [], downbeats: [], eights: [], sections: [] };
  await t.rejects(
    choreographer.ask('compose', { question: { ...QUESTION, analysis: silence }, ...patient() }),
    {
      name: 'AppError',
      code: 'CHOREOGRAPHY_NO_BEATS',
    },
  );
  const song = { ...QUESTION.song, audioPath: '../secret' };
  await t.rejects(choreographer.ask('compose', { question: { ...QUESTION, song }, ...patient() }), {
    name: 'BlueprintError',
    code: 'BLUEPRINT_INVALID',
  });
});

t.test('what is no plain data fails its question alone', async (t) => {
  const model: LanguageModel = { answerJson: async () => ({ sections: () => 'no data' }) };
  const { choreographer } = await open(t, model);
  const told: string[] = [];
  const onFallback = (why: string) => told.push(why);
  const { designedBy } = await choreographer.ask('compose', {
    question: QUESTION,
    ...patient(),
    onFallback,
  });
  t.equal(designedBy, 'rules');
  t.match(told, [/^Not plain data/]);
  const song = { ...QUESTION.song, title: (() => 'no data') as unknown as string };
  const asked = choreographer.ask('compose', { question: { ...QUESTION, song }, ...patient() });
  await t.rejects(asked, { message: /^Not plain data/ });
  await choreographer.ask('compose', { question: QUESTION, ...patient() });
});

t.test('a library that cannot be made leaves the last one, and the next one is made', async (t) => {
  const { choreographer, moves } = await open(t);
  const twice = [...moves, ...moves.slice(0, 1)];
  await t.rejects(choreographer.load(twice), { code: 'CHOREOGRAPHY_DUPLICATE_MOVE' });
  const before = await choreographer.ask('compose', { question: QUESTION, ...patient() });
  const broken = [...moves, { ...moves[0], name: () => 'no data' } as unknown as (typeof moves)[number]];
  await t.rejects(choreographer.load(broken), { message: /^Not plain data/ });
  await choreographer.load([]);
  await t.rejects(choreographer.ask('compose', { question: QUESTION, ...patient() }), {
    code: 'CHOREOGRAPHY_NO_MOVES',
  });
  await choreographer.load(moves);
  t.strictSame(await choreographer.ask('compose', { question: QUESTION, ...patient() }), before);
});

t.test('what is under way as it is closed is known to be lost, and the model is told', async (t) => {
  const calls: AbortSignal[] = [];
  const silent: LanguageModel = {
    answerJson: ({ signal }) => {
      if (signal !== undefined) calls.push(signal);
      return new Promise(() => {});
    },
  };
  const { choreographer, losses } = await open(t, silent);
  const answer = choreographer.ask('compose', { question: QUESTION, ...patient() });
  while (calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([t.rejects(answer, { code: 'CHOREOGRAPHER_LOST' }), choreographer.close()]);
  t.ok(calls[0]?.aborted);
  t.strictSame(losses, [], 'nobody is told of a loss');
});

t.test('a thread that breaks down fails what it was asked, and is known to be lost', async (t) => {
  const { choreographer, thread, losses } = await open(t);
  const answer = choreographer.ask('compose', { question: QUESTION, ...patient() });
  await Promise.all([t.rejects(answer, { code: 'CHOREOGRAPHER_LOST' }), thread.terminate()]);
  t.strictSame(losses, ['lost']);
  await t.rejects(choreographer.ask('compose', { question: QUESTION, ...patient() }), {
    code: 'CHOREOGRAPHER_LOST',
  });
});

t.test('where a thread has broken down, the next dance is made in another one', async (t) => {
  const { database, maria, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const started = once(process, 'worker');
  const first = post(FROM_SONG, WISH);
  const [thread] = (await started) as [Worker];
  await thread.terminate();
  t.strictSame(await first, { status: 500, body: { error: 'Failed to generate blueprint' } });
  t.match(await onlyTask(database, maria.id), {
    status: 'failed',
    error: 'Blueprint generation failed: The dance could not be made. Try again.',
  });
  t.equal((await post(FROM_SONG, WISH)).status, 202);
});

t.test(
  'of all that begin or pause one goes on in each round: short work first, then whoever came first',
  async (t) => {
    const turns = makeTurns();
    let round = 0;
    let isCounting = true;
    const count = () => {
      round += 1;
      if (isCounting) setImmediate(count);
    };
    setImmediate(count);
    const resumed: number[] = [];
    const ended: string[] = [];
    const work = async (name: string, pieces: number, isShort = false) => {
      const turn = await turns.begin({ isShort });
      resumed.push(round);
      for (let piece = 1; piece < pieces; piece++) {
        const untilMs = performance.now() + 12;
        while (performance.now() < untilMs);
        await turn.pause();
        resumed.push(round);
      }
      ended.push(name);
    };
    await Promise.all([work('first', 5), work('second', 5), work('third', 5), work('short', 1, true)]);
    isCounting = false;
    t.equal(new Set(resumed).size, 16, `rounds ${resumed.join()}`);
    t.strictSame(ended, ['short', 'first', 'second', 'third']);
  },
);
