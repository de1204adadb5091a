import { claimTask, completeTask, recordProgress } from '@bachata-buddy/database';
import t from 'tap';
import { addCompletedTask, addStartedTask, addUser } from '../catalogue.ts';
import { until } from '../launch/pretend-launcher.ts';
import { actAs, makeTestApp, type TestAppOptions } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';
import { type EventClient, openEvents } from './event-client.ts';

/** So rare that whatever comes within a test was notified. */
const NEVER_MS = 60_000;

const RESULT = {
  video_url: '/media/output/choreography.mp4',
  duration: 9,
  file_size: 1_000,
  num_moves: 2,
  difficulty: 'beginner',
};

async function makeScene(t: Tap, config: TestAppOptions['config'] = {}) {
  const testApp = await makeTestApp(t, { config: { TASK_EVENTS_POLL_MS: NEVER_MS, ...config } });
  const { app, database } = testApp;
  const maria = await addUser(database, 'maria');
  await app.listen({ port: 0, host: '127.0.0.1' });
  const open = (taskId: string, headers: Record<string, string> = {}, user = maria) =>
    openEvents(app, user, taskId, headers);
  const detailOf = async (taskId: string) =>
    (await actAs(app, maria)({ url: `/api/choreography/tasks/${taskId}` })).json();
  /** How many connections wait for notifications, as PostgreSQL sees it. */
  const listeners = async () => {
    const { rows } = await database.pool.query(
      `select pid from pg_stat_activity where datname = current_database() and query like 'listen %'`,
    );
    return rows.map(({ pid }) => Number(pid));
  };
  return { ...testApp, maria, open, detailOf, listeners };
}

function eventsOf(client: EventClient, count: number) {
  return until(`${count} events`, () => (client.events.length >= count ? client.events : null));
}

async function progressTo(database: Parameters<typeof claimTask>[0], taskId: string, progress: number) {
  const attempt = (await claimTask(database, taskId))?.attempt ?? 0;
  await recordProgress(database, taskId, attempt, {
    progress,
    stage: 'video_assembly',
    message: 'Assembling video clips...',
  });
  return attempt;
}

t.test('a task is followed to its end, state by state', async (t) => {
  const { database, maria, open, detailOf, listeners } = await makeScene(t);
  const taskId = await addStartedTask(database, maria.id);
  const client = await open(taskId, { origin: 'http://localhost:5173' });
  t.equal(client.status, 200);
  t.match(client.headers, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
    'access-control-allow-origin': 'http://localhost:5173',
    'x-content-type-options': 'nosniff',
  });
  const [started] = await eventsOf(client, 1);
  t.strictSame(started?.body, await detailOf(taskId), 'the same body as the task itself');
  t.match(client.text(), /^retry: \d+\n\n/);

  const others = await Promise.all(Array.from({ length: 6 }, () => open(taskId)));
  const attempt = await progressTo(database, taskId, 40);
  for (const one of [client, ...others]) {
    const seen = await until('40 %', () => one.events.find(({ body }) => body.progress === 40));
    t.strictSame(seen.body, await detailOf(taskId));
  }
  t.equal((await listeners()).length, 1, 'one connection hears for all streams');

  await completeTask(database, taskId, attempt, RESULT);
  for (const one of [client, ...others]) {
    await until('the end of the stream', one.hasEnded);
    t.strictSame(one.events.at(-1)?.body, await detailOf(taskId), 'the last is the completed task');
  }
  t.equal(new Set(client.events.map(({ id }) => id)).size, client.events.length, 'no state came twice');
});

t.test('a client resumes where it was', async (t) => {
  const { database, maria, open } = await makeScene(t, { TASK_EVENTS_HEARTBEAT_MS: 10 });
  const taskId = await addStartedTask(database, maria.id);
  const first = await open(taskId);
  const [known] = await eventsOf(first, 1);
  first.leave();
  const resumed = await open(taskId, { 'last-event-id': known?.id ?? '' });
  await until('two heartbeats', () => resumed.text().split(': heartbeat\n\n').length > 2);
  t.strictSame(resumed.events, [], 'what it has is not sent again');
  const attempt = await progressTo(database, taskId, 70);
  const seen = await until('70 %', () => resumed.events.find(({ body }) => body.progress === 70));
  resumed.leave();

  await completeTask(database, taskId, attempt, RESULT);
  const late = await open(taskId, { 'last-event-id': seen.id });
  await until('the end', late.hasEnded);
  t.strictSame(
    late.events.map(({ body }) => body.status),
    ['completed'],
  );
  const done = await open(taskId, { 'last-event-id': late.events[0]?.id ?? '' });
  t.equal(done.status, 204, 'which tells an EventSource to stop');
  const strange = await open(taskId, { 'last-event-id': '../../__proto__' });
  await until('the end', strange.hasEnded);
  t.equal(strange.events.length, 1, 'an id of somewhere else is no reason not to send');
});

t.test('changes are seen without notifications too, and those come back', async (t) => {
  const { database, maria, open, listeners } = await makeScene(t, { TASK_EVENTS_POLL_MS: 30 });
  const taskId = await addStartedTask(database, maria.id);
  const client = await open(taskId);
  await eventsOf(client, 1);
  await database.pool.query('drop trigger choreography_tasks_notify_update on choreography_tasks');
  const attempt = await progressTo(database, taskId, 10);
  await until('10 %', () => client.events.find(({ body }) => body.progress === 10));

  const [lost] = await until('a listener', async () => ((await listeners()).length > 0 ? listeners() : null));
  await database.pool.query('select pg_terminate_backend($1)', [lost]);
  await until('another listener', async () => (await listeners()).some((pid) => pid !== lost));
  await completeTask(database, taskId, attempt, RESULT);
  await until('the end', client.hasEnded);
  t.equal(client.events.at(-1)?.body.status, 'completed');
});

t.test('nobody follows what is not theirs, or not theirs any more', async (t) => {
  const { app, database, maria, open } = await makeScene(t);
  const eve = await addUser(database, 'eve');
  const [ofMaria, ofEve] = [await addStartedTask(database, maria.id), await addStartedTask(database, eve.id)];
  const ask = async (taskId: string, as = actAs(app, eve)) => {
    const answer = await as({ url: `/api/choreography/tasks/${taskId}/events/` });
    return [answer.statusCode, answer.json()];
  };
  const refusal = { detail: 'You do not have permission to access this task' };
  t.strictSame(await ask(ofMaria), [403, refusal]);
  for (const unknown of ['00000000-0000-4000-8000-000000000000', 'constructor', '%00']) {
    t.strictSame(await ask(unknown), [404, { detail: 'Task not found' }], unknown);
  }
  t.equal((await app.inject({ url: `/api/choreography/tasks/${ofMaria}/events` })).statusCode, 401);
  const head = await actAs(app, maria)({ method: 'HEAD', url: `/api/choreography/tasks/${ofMaria}/events` });
  t.equal(head.statusCode, 405, 'no stream without a body');

  const deleted = await open(ofMaria);
  const disabled = await open(ofEve, {}, eve);
  await Promise.all([eventsOf(deleted, 1), eventsOf(disabled, 1)]);
  await database.pool.query(`update users set is_active = false where id = $1`, [eve.id]);
  await database.pool.query('update choreography_tasks set updated_at = clock_timestamp()');
  await until('the end of the disabled', disabled.hasEnded);
  await database.pool.query('delete from choreography_tasks where task_id = $1', [ofMaria]);
  await until('the end of the deleted', deleted.hasEnded);
});

t.test('streams are counted, and one that is left makes room', async (t) => {
  const { database, maria, open } = await makeScene(t, {
    TASK_EVENTS_MAX_STREAMS_PER_USER: 2,
    TASK_EVENTS_MAX_STREAMS: 3,
  });
  const eve = await addUser(database, 'eve');
  const ofMaria = await addStartedTask(database, maria.id);
  const ofEve = await addStartedTask(database, eve.id);
  const [first] = [await open(ofMaria), await open(ofMaria)];
  const third = await open(ofMaria);
  t.strictSame([third.status, third.headers['retry-after']], [429, '10']);
  await until('the refusal', third.hasEnded);
  t.strictSame(JSON.parse(third.text()), {
    detail: 'You have 2 event streams open already. Close one of them first.',
  });
  t.equal((await open(ofEve, {}, eve)).status, 200);
  const full = await open(ofEve, {}, eve);
  await until('the refusal', full.hasEnded);
  t.equal(full.status, 503);
  t.strictSame(JSON.parse(full.text()), { detail: 'Too many event streams are open. Try again later.' });

  first?.leave();
  const next = await until('room', async () => {
    const client = await open(ofMaria);
    return client.status === 200 ? client : null;
  });
  await eventsOf(next, 1);
  const finished = await addCompletedTask(database, maria.id);
  next.leave();
  for (let index = 0; index < 3; index++) {
    const short = await until('a stream that ends by itself', async () => {
      const client = await open(finished);
      return client.status === 200 ? client : null;
    });
    await until('its end', short.hasEnded);
  }
});

t.test('a stream of its age ends, for its client to come back with a fresh token', async (t) => {
  const { database, maria, open } = await makeScene(t, { TASK_EVENTS_MAX_AGE_SEC: 1 });
  const client = await open(await addStartedTask(database, maria.id));
  await until('the end', client.hasEnded);
  t.equal(client.events.length, 1);
});

t.test('a reader that stands still costs no memory and then gets the newest state', async (t) => {
  const { app, database, maria, open } = await makeScene(t);
  const taskId = await addStartedTask(database, maria.id);
  const [slow, quick] = [await open(taskId), await open(taskId)];
  await eventsOf(slow, 1);
  slow.response.pause();
  const attempt = await progressTo(database, taskId, 1);
  // Far more than the sockets between them hold.
  const message = 'x'.repeat(900_000);
  for (let step = 0; step < 12; step++) {
    await recordProgress(database, taskId, attempt, { progress: 2 + step, stage: 'video_assembly', message });
    await until('the step', () => quick.events.find(({ body }) => body.progress === 2 + step));
  }
  await completeTask(database, taskId, attempt, RESULT);
  await until('the end', quick.hasEnded);
  slow.response.resume();
  await until('the end', slow.hasEnded);
  t.equal(slow.events.at(-1)?.body.status, 'completed');
  t.ok(slow.events.length < quick.events.length, `${slow.events.length} of ${quick.events.length} states`);
  t.equal((await app.inject({ url: '/api/health' })).statusCode, 200);
});

t.test('a shutdown ends every stream, also one that is not read', async (t) => {
  const { app, database, maria, open } = await makeScene(t);
  const taskId = await addStartedTask(database, maria.id);
  const [reading, standing] = [await open(taskId), await open(taskId)];
  await eventsOf(standing, 1);
  standing.response.pause();
  const attempt = await progressTo(database, taskId, 1);
  for (let step = 0; step < 12; step++) {
    const progress = { progress: 2 + step, stage: 'video_assembly', message: 'x'.repeat(900_000) };
    await recordProgress(database, taskId, attempt, progress);
    await until('the step', () => reading.events.find(({ body }) => body.progress === 2 + step));
  }
  await app.close();
  await until('the end', reading.hasEnded);
  standing.response.resume();
  await until('the end', standing.hasEnded);
  t.notOk(app.server.listening);
});
