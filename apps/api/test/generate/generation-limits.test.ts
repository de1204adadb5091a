import { listTasks, takeFromRateLimit } from '@bachata-buddy/database';
import t from 'tap';
import { addSong, addUser } from '../catalogue.ts';
import { actAs, noPlanner } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';

import { FROM_SONG, makeScene, SENTENCE, WISH, WITH_AI } from './generation-scene.ts';

const KEY = { 'idempotency-key': '8e03978e-40d5-43dd-bc93-6894a57f9324' };

t.test('a repeat with the same key gets the first answer again, and nothing is made twice', async (t) => {
  const { database, maria, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const first = await post(FROM_SONG, WISH, KEY);
  t.equal(first.status, 202);
  t.strictSame(await post(`${FROM_SONG}/`, WISH, KEY), first, 'with a slash it is the same address');
  const { song_id, difficulty, energy_level, style } = WISH;
  t.strictSame(await post(FROM_SONG, { style, energy_level, difficulty, song_id }, KEY), first);
  t.strictSame(await post(FROM_SONG, { ...WISH, difficulty: 'beginner' }, KEY), {
    status: 422,
    body: { error: 'This Idempotency-Key was already used with a different request body.' },
  });
  const count = async () => (await listTasks(database, { userId: maria.id, limit: 1, offset: 0 })).count;
  t.equal(await count(), 1);

  const spoken = await post(WITH_AI, { query: SENTENCE }, KEY);
  t.equal(spoken.status, 202, 'another route has keys of its own');
  t.strictSame(await post(`${WITH_AI}/`, { query: SENTENCE }, KEY), spoken);
  t.equal(await count(), 2);
});

t.test('a key is one user’s own', async (t) => {
  const { app, database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const asJoe = actAs(app, await addUser(database, 'joe'));
  const mine = await post(FROM_SONG, WISH, KEY);
  const his = await asJoe({ method: 'POST', url: FROM_SONG, payload: WISH, headers: KEY });
  t.equal(his.statusCode, 202);
  t.not(his.json().task_id, mine.body.task_id);
});

t.test('a repeat while the first is on its way is told to wait', async (t) => {
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let fail = (): void => {};
  const compose = () =>
    new Promise<never>((_resolve, reject) => {
      fail = () => reject(new Error('enough'));
      begin();
    });
  const { database, maria, post, asMaria } = await makeScene(t, {
    makePlanner: () => ({ ...noPlanner, compose }),
  });
  await addSong(database, 'One');
  const first = post(FROM_SONG, WISH, KEY);
  await begun;
  const second = await asMaria({ method: 'POST', url: FROM_SONG, payload: WISH, headers: KEY });
  t.equal(second.statusCode, 409);
  t.strictSame(second.json(), { error: 'A request with this Idempotency-Key is still being processed.' });
  t.equal(second.headers['retry-after'], '1');
  fail();
  const failed = { status: 500, body: { error: 'Failed to generate blueprint' } };
  t.strictSame(await first, failed);
  t.strictSame(await post(FROM_SONG, WISH, KEY), failed, 'a failure that left a task is repeated too');
  t.equal((await listTasks(database, { userId: maria.id, limit: 1, offset: 0 })).count, 1);
});

t.test('a refusal frees its key, and a key that is none is refused', async (t) => {
  const { database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  t.equal((await post(FROM_SONG, { ...WISH, song_id: 999 }, KEY)).status, 400);
  t.equal((await post(FROM_SONG, WISH, KEY)).status, 202);
  for (const key of ['', 'x'.repeat(256), 'a b', 'ñ']) {
    t.strictSame(await post(FROM_SONG, WISH, { 'idempotency-key': key }), {
      status: 400,
      body: { error: 'Idempotency-Key must be 1 to 255 visible ASCII characters.' },
    });
  }
});

t.test('a user has so many generations an hour, on both routes together', async (t) => {
  const scene = await makeScene(t, { config: { GENERATE_RATE_LIMIT_PER_HOUR: 2 } });
  const { app, database, maria, asMaria, post } = scene;
  await addPlanningCatalogue(database);
  t.equal((await post(FROM_SONG, { ...WISH, style: 'salsa' })).status, 400);
  t.equal((await post(WITH_AI, { query: 'qwrtz plmkn bvcxy hgfds' })).status, 400);
  const first = await post(FROM_SONG, WISH, KEY);
  t.equal(first.status, 202, 'what was refused did not count');
  t.equal((await post(WITH_AI, { query: SENTENCE })).status, 202);
  for (const [url, payload] of [
    [FROM_SONG, WISH],
    [WITH_AI, { query: SENTENCE }],
  ] as const) {
    const refused = await asMaria({ method: 'POST', url, payload });
    const seconds = Number(refused.headers['retry-after']);
    t.equal(refused.statusCode, 429);
    t.ok(Number.isInteger(seconds) && seconds > 3_500 && seconds <= 3_600, `${seconds} s`);
    t.strictSame(refused.json(), {
      detail: `Request was throttled. Expected available in ${seconds} seconds.`,
    });
  }
  t.strictSame(await post(FROM_SONG, WISH, KEY), first, 'a repeat is no new generation');
  const joe = actAs(app, await addUser(database, 'joe'));
  t.equal((await joe({ method: 'POST', url: FROM_SONG, payload: WISH })).statusCode, 202);
  t.equal((await listTasks(database, { userId: maria.id, limit: 1, offset: 0 })).count, 2);
});

t.test('a sentence that leaves no move to dance counts: that was found out by planning', async (t) => {
  const { database, maria, post } = await makeScene(t, { config: { GENERATE_RATE_LIMIT_PER_HOUR: 1 } });
  await addPlanningCatalogue(database);
  const query = 'a bachata dance without basic steps, side steps, turns, body waves, dips or shadows';
  const refused = await post(WITH_AI, { query });
  t.equal(refused.status, 400);
  t.match(refused.body.error, /^Every move of the library is ruled out/);
  t.equal((await listTasks(database, { userId: maria.id, limit: 1, offset: 0 })).count, 1);
  t.equal((await post(FROM_SONG, WISH)).status, 429);
});

t.test('the count is kept in the database, for every instance of the service', async (t) => {
  const { database, maria, post } = await makeScene(t, { config: { GENERATE_RATE_LIMIT_PER_HOUR: 1 } });
  await addPlanningCatalogue(database);
  const elsewhere = { scope: 'generation', subject: String(maria.id), limit: 1, windowSec: 3_600 };
  t.equal((await takeFromRateLimit(database, elsewhere)).allowed, true);
  t.equal((await post(FROM_SONG, WISH)).status, 429);
});

t.test('twenty at once get no more than the limit', async (t) => {
  const { database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(FROM_SONG, WISH)));
  const statuses = answers.map(({ status }) => status);
  t.equal(statuses.filter((status) => status === 202).length, 10);
  t.equal(statuses.filter((status) => status === 429).length, 10);
});

t.test('who has too many under way waits, and so does everybody where the service has', async (t) => {
  const config = { MAX_OPEN_TASKS: 3, MAX_OPEN_TASKS_PER_USER: 2 };
  const { app, database, maria, asMaria, post } = await makeScene(t, { config });
  await addPlanningCatalogue(database);
  const ask = { method: 'POST', url: FROM_SONG, payload: WISH } as const;
  const asJoe = actAs(app, await addUser(database, 'joe'));
  t.equal((await post(FROM_SONG, WISH)).status, 202);
  t.equal((await post(FROM_SONG, WISH)).status, 202);
  const third = await asMaria({ ...ask, headers: KEY });
  t.strictSame([third.statusCode, third.headers['retry-after']], [429, '30']);
  t.match(third.json(), { detail: /^Too many of your choreographies/ });
  t.equal((await asJoe(ask)).statusCode, 202);
  const full = await asJoe(ask);
  t.strictSame([full.statusCode, full.headers['retry-after']], [503, '30']);
  t.match(full.json(), { error: /^Too many choreographies are being made/ });
  t.equal(
    (await listTasks(database, { userId: maria.id, limit: 1, offset: 0 })).count,
    2,
    'no task was made',
  );
  await database.pool.query(`update choreography_tasks set status = 'failed' where user_id = $1`, [maria.id]);
  t.equal((await asMaria({ ...ask, headers: KEY })).statusCode, 202, 'a refusal frees its key');
});

t.test('a task that waits behind others says so', async (t) => {
  const { asMaria, database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const messages: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { body } = await post(FROM_SONG, WISH);
    const { task_id: taskId } = body as { task_id: string };
    const task = (await asMaria({ url: `/api/choreography/tasks/${taskId}/` })).json();
    t.match(task, { status: 'started', stage: 'video_assembly' });
    messages.push(task.message);
  }
  t.strictSame(messages, [
    'Job submitted, assembling video...',
    'Waiting in the queue: one other video first...',
    'Waiting in the queue: 2 other videos first...',
  ]);
});

t.test('a body that is nested without end is refused, with a key as well as without', async (t) => {
  const { asMaria } = await makeScene(t);
  const payload = `{"song_id":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
  for (const headers of [{}, KEY]) {
    const answer = await asMaria({
      method: 'POST',
      url: FROM_SONG,
      payload,
      headers: { 'content-type': 'application/json', ...headers },
    });
    t.strictSame(
      [answer.statusCode, answer.json()],
      [400, { detail: 'JSON parse error - The body is nested too deeply.' }],
    );
  }
});
