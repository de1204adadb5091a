import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  claimTask,
  completeTask,
  createTask,
  createUser,
  type Database,
  findTask,
  storeBlueprintAndOrderLaunch,
} from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { makeLogger } from '@bachata-buddy/platform';
import t, { type Test } from 'tap';
import { readJobConfig } from '../src/config.ts';
import { runJob } from '../src/job.ts';

/** A task whose blueprint is none: whoever does work for it fails. */
async function addTask(db: Database): Promise<string> {
  const taskId = randomUUID();
  const { id: userId } = await createUser(db, { username: taskId, passwordHash: '!' });
  await createTask(db, { taskId, userId, requestKind: 'song', stage: 'generating_blueprint', message: '' });
  await storeBlueprintAndOrderLaunch(db, { taskId, blueprint: { task_id: taskId }, sha256: 'f'.repeat(64) });
  return taskId;
}

const run = (t: Test, taskId: string, environment: NodeJS.ProcessEnv) =>
  runJob({
    config: readJobConfig({ TASK_ID: taskId, LOCAL_STORAGE_PATH: t.testdir(), ...environment }),
    log: makeLogger({ name: 'test', level: 'silent' }),
    signal: new AbortController().signal,
  });

t.test('a start of a task that has ended, or that another execution holds, changes nothing', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  const started = { DATABASE_URL: url, CLOUD_RUN_EXECUTION: 'job-b', CLOUD_RUN_TASK_ATTEMPT: '1' };
  const finished = await addTask(db);
  await claimTask(db, finished, { execution: 'job-b' });
  await completeTask(db, finished, 1, { duration: 1 });
  const held = await addTask(db);
  await claimTask(db, held, { execution: 'job-a' });
  for (const taskId of [finished, held]) {
    const before = await findTask(db, taskId);
    t.equal(await run(t, taskId, started), 0);
    t.same(await findTask(db, taskId), before);
  }
});

t.test('a start beyond the third attempt fails the task and does no work', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  const taskId = await addTask(db);
  for (let attempt = 1; attempt <= 3; attempt += 1) await claimTask(db, taskId, { execution: 'job-a' });
  t.equal(await run(t, taskId, { DATABASE_URL: url, CLOUD_RUN_EXECUTION: 'job-a' }), 0);
  t.match(await findTask(db, taskId), { status: 'failed', attempt: 3, error: /3 times/ });
});

t.test(
  'a database that a platform offers as a socket in a folder is found, by URL and by parts',
  async (t) => {
    const { db, url } = await makeTestDatabase(t);
    const { hostname, port, username, password, pathname } = new URL(url);
    // Paths of sockets are short: the test's own folder may lie too deep.
    const folder = await mkdtemp(join(tmpdir(), 'sql-'));
    const proxy = createServer((socket) => {
      const upstream = createConnection(Number(port), hostname);
      socket.pipe(upstream).pipe(socket);
      for (const end of [socket, upstream]) end.on('error', () => socket.destroy());
    });
    proxy.listen(join(folder, '.s.PGSQL.5432'));
    await once(proxy, 'listening');
    t.teardown(async () => {
      proxy.close();
      await rm(folder, { recursive: true, force: true });
    });
    const taskId = await addTask(db);
    await claimTask(db, taskId, { execution: 'job-a' });
    const byUrl = `postgres://${username}:${password}@localhost${pathname}?host=${folder}`;
    t.equal(await run(t, taskId, { DATABASE_URL: byUrl, CLOUD_RUN_EXECUTION: 'job-b' }), 0);

    const parts = { DB_NAME: 'b', DB_USER: 'u', DB_PASSWORD: 'p/w', CLOUD_SQL_CONNECTION_NAME: 'p:r:i' };
    const urlOf = (environment: NodeJS.ProcessEnv) =>
      readJobConfig({ TASK_ID: taskId, ...parts, ...environment }).source.databaseUrl;
    const socketUrl = 'postgres://u:p%2Fw@localhost/b?host=%2Fcloudsql%2Fp%3Ar%3Ai';
    t.equal(urlOf({ CLOUD_RUN_EXECUTION: 'job-a' }), socketUrl, 'in a job');
    t.equal(urlOf({ K_SERVICE: 'api' }), socketUrl, 'in a service');
    t.equal(urlOf({ DB_HOST: 'db' }), 'postgres://u:p%2Fw@db:5432/b', 'elsewhere');
    t.throws(() => urlOf({}), /DATABASE_URL is missing/);
  },
);
