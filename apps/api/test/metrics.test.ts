import { connectDatabase, type Database } from '@bachata-buddy/database';
import { makeLogger } from '@bachata-buddy/platform';
import { makeLocalStore } from '@bachata-buddy/storage';
import type { FastifyInstance } from 'fastify';
import t from 'tap';
import { buildApp } from '../src/app.ts';
import { makePlanner } from '../src/generate/planner.ts';
import { localPlayback } from '../src/playback.ts';
import { addCompletedTask, addPendingTask, addUser } from './catalogue.ts';
import { makePretendLauncher, until } from './launch/pretend-launcher.ts';
import { watch } from './launch/watched.ts';
import {
  actAs,
  hearsNothing,
  idleLauncher,
  makeTestApp,
  noPlanner,
  TEST_CONFIG,
  testSignedMedia,
} from './make-test-app.ts';
import { addPlanningCatalogue } from './planning-scene.ts';

const METRICS_TOKEN = 'a-token-of-an-operator-for-tests-alone';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const ASKED = { url: '/metrics', headers: bearer(METRICS_TOKEN) };

/** Values by series, as Prometheus would read them (prometheus.io/docs/instrumenting/exposition_formats). */
async function scrape(app: FastifyInstance): Promise<ReadonlyMap<string, number>> {
  const { statusCode, body } = await app.inject(ASKED);
  if (statusCode !== 200) throw new Error(`${statusCode} ${body}`);
  const series = new Map<string, number>();
  for (const line of body.split('\n')) {
    const [, name, value] = /^([a-z][a-z0-9_]*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    if (name !== undefined) series.set(name, Number(value));
    else if (line !== '' && !line.startsWith('#')) throw new Error(`not a series: ${line}`);
  }
  return series;
}

const measured = { METRICS_TOKEN };

t.test('figures are for whoever has the operator’s token, and nobody where there is none', async (t) => {
  const { app, database } = await makeTestApp(t, { config: measured });
  const answer = await app.inject(ASKED);
  t.equal(answer.statusCode, 200);
  t.match(answer.headers, { 'content-type': /^text\/plain; version=0\.0\.4/, 'cache-control': 'no-store' });
  t.equal((await app.inject({ ...ASKED, url: '/metrics/' })).statusCode, 200);
  for (const headers of [{}, bearer(''), bearer('x'), bearer(`${ASKED.headers.authorization}x`)]) {
    const refused = await app.inject({ url: '/metrics', headers });
    t.equal(refused.statusCode, 401);
    t.match(refused.headers['www-authenticate'], /^Bearer/);
    t.notMatch(refused.body, /bachata_/);
  }
  const asUser = actAs(app, await addUser(database, 'maria', { isInstructor: true }));
  t.equal((await asUser({ url: '/metrics' })).statusCode, 401, 'a login is no such token');
  t.equal((await app.inject({ ...ASKED, url: '/api/auth/me/' })).statusCode, 401, 'nor the token a login');
  t.equal((await app.inject({ ...ASKED, method: 'POST' })).statusCode, 405);
  const { app: unmeasured } = await makeTestApp(t);
  t.equal((await unmeasured.inject(ASKED)).statusCode, 404);
});

t.test('requests are counted by route and class of status, each app by itself', async (t) => {
  const { app, database } = await makeTestApp(t, { config: measured });
  const { app: other } = await makeTestApp(t, { config: measured });
  const act = actAs(app, await addUser(database, 'maria'));
  const taskId = '11111111-2222-4333-8444-555555555555';
  for (let index = 0; index < 3; index += 1) await act({ url: `/api/choreography/tasks/${taskId}/` });
  await act({ url: '/api/auth/me/' });
  await app.inject({ url: '/wp-login.php' });
  const payload = { username: 'maria', password: 'wrong' };
  for (let index = 0; index < 11; index += 1)
    await app.inject({ method: 'POST', url: '/api/auth/login/', payload });
  const series = await scrape(app);
  const count = (labels: string) => series.get(`bachata_http_request_duration_seconds_count{${labels}}`);
  t.equal(count('method="GET",route="/api/choreography/tasks/:task_id/",status="4xx"'), 3);
  t.equal(count('method="GET",route="/api/auth/me/",status="2xx"'), 1);
  t.equal(count('method="GET",route="unknown",status="4xx"'), 1);
  t.equal(count('method="POST",route="/api/auth/login/",status="4xx"'), 11);
  t.equal(series.get('bachata_http_requests_throttled_total{route="/api/auth/login/"}'), 1);
  const names = [...series.keys()].join('\n');
  t.notMatch(names, /11111111|wp-login|maria/, 'nothing of an address, which there may be any number of');
  const otherNames = [...(await scrape(other)).keys()].join('\n');
  t.notMatch(otherNames, /tasks\/:task_id/);
});

t.test('generations, launches and sweeps are counted by how they end', async (t) => {
  const { launcher } = makePretendLauncher(t, { mode: 'crash' });
  const log = makeLogger({ name: 'planner', level: 'silent' });
  const { app, database } = await makeTestApp(t, {
    config: { ...measured, GENERATE_RATE_LIMIT_PER_HOUR: 2 },
    launcher,
    makePlanner: (opened) => makePlanner({ ...opened, log }),
  });
  await watch(database);
  const [song] = await addPlanningCatalogue(database);
  const act = actAs(app, await addUser(database, 'maria'));
  const generate = (songId: number | undefined, headers = {}) =>
    act({
      method: 'POST',
      url: '/api/choreography/generate-from-song',
      payload: { song_id: songId, difficulty: 'beginner' },
      headers,
    });
  const headers = { 'idempotency-key': 'once' };
  t.equal((await generate(song?.id, headers)).statusCode, 202);
  t.equal((await generate(song?.id, headers)).statusCode, 202);
  t.equal((await generate(9_999)).statusCode, 400);
  await database.pool.query('delete from move_embeddings');
  t.equal((await generate(song?.id)).statusCode, 500);
  t.equal((await generate(song?.id)).statusCode, 429);
  const relaunched = 'bachata_launch_duration_seconds_count{outcome="interrupted",is_relaunch="true"}';
  const series = await until('three launches', async () => {
    await database.pool.query('update launch_orders set available_at = now()');
    const now = await scrape(app);
    return now.get(relaunched) === 2 ? now : null;
  });
  const generations = (outcome: string) =>
    series.get(`bachata_generation_duration_seconds_count{kind="song",outcome="${outcome}"}`);
  t.equal(generations('started'), 1, 'an answer that is repeated is no generation');
  t.equal(generations('refused'), 1);
  t.equal(generations('failed'), 1);
  t.equal(series.get('bachata_launch_duration_seconds_count{outcome="interrupted",is_relaunch="false"}'), 1);
  t.equal(
    series.get('bachata_http_requests_throttled_total{route="/api/choreography/generate-from-song"}'),
    1,
  );
  const swept = await until('a sweep', async () => {
    const now = await scrape(app);
    return now.has('bachata_sweeps_total{outcome="done"}') ? now : null;
  });
  t.equal(swept.get('bachata_swept_tasks_total{end="relaunched"}'), 0);
});

t.test('tasks, streams and the pool are as they are when somebody asks', async (t) => {
  const { app, database } = await makeTestApp(t, { config: measured });
  const { id: userId } = await addUser(database, 'maria');
  await addPendingTask(database, userId);
  await addCompletedTask(database, userId);
  await addCompletedTask(database, userId);
  const leave = app.openStreams.enter(userId, () => {});
  const series = await scrape(app);
  t.match(Object.fromEntries(series), {
    bachata_database_reachable: 1,
    'bachata_tasks{status="pending"}': 1,
    'bachata_tasks{status="running"}': 0,
    'bachata_tasks{status="completed"}': 2,
    bachata_launch_queue_length: 0,
    bachata_tasks_retried: 0,
    bachata_event_streams_open: 1,
    bachata_database_queries_waiting: 0,
  });
  t.ok((series.get('bachata_oldest_open_task_seconds') ?? 0) > 0);
  t.ok(series.has('bachata_task_completion_seconds{quantile="0.95"}'));
  t.ok((series.get('process_resident_memory_bytes') ?? 0) > 1_000_000);
  t.ok(series.has('nodejs_eventloop_lag_p99_seconds'));
  leave();
  await database.pool.query('delete from choreography_tasks');
  const later = await scrape(app);
  t.match(Object.fromEntries(later), {
    'bachata_tasks{status="completed"}': 0,
    bachata_oldest_open_task_seconds: 0,
    bachata_event_streams_open: 0,
  });
  t.notOk(later.has('bachata_task_completion_seconds{quantile="0.95"}'), 'nothing was completed');
});

/** The app with a database that is not there. */
async function buildUnreachable(t: Parameters<typeof makeTestApp>[0]): Promise<FastifyInstance> {
  const database: Database = connectDatabase({ url: 'postgres://maria@127.0.0.1:1/nowhere' });
  const app = await buildApp({
    config: { ...TEST_CONFIG, ...measured },
    database,
    playback: localPlayback(),
    signedMedia: testSignedMedia,
    store: makeLocalStore({ rootDirectory: t.testdir() }),
    planner: noPlanner,
    analyseSound: hearsNothing,
    launcher: idleLauncher,
    log: makeLogger({ name: 'api', level: 'silent' }),
  });
  t.teardown(async () => {
    await app.close();
    await database.close();
  });
  return app;
}

t.test('without its database a service still tells what it knows, and makes nothing up', async (t) => {
  const app = await buildUnreachable(t);
  const series = await scrape(app);
  t.equal(series.get('bachata_database_reachable'), 0);
  t.notMatch([...series.keys()].join('\n'), /bachata_tasks|oldest_open|queue_length/);
  t.ok(series.has('process_cpu_seconds_total'));
  await until('a sweep that failed', async () =>
    (await scrape(app)).has('bachata_sweeps_total{outcome="failed"}'),
  );
});
