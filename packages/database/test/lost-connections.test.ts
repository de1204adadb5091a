import t, { type Test } from 'tap';
import { connectDatabase, createTask, createUser, type Database, failTask, findTask } from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { startFaultyProxy } from './faulty-proxy.ts';

/** Some of these wait for a connection to be given up. */
t.jobs = 3;

const UNREACHABLE = { code: 'DB_UNAVAILABLE', retryable: true };

/** A task, and a pool of two connections by way of a proxy. */
async function scene(t: Test) {
  const { db, url } = await makeTestDatabase(t);
  const { id: userId } = await createUser(db, { username: 'ana', passwordHash: '!' });
  const addTask = async (taskId: string): Promise<string> => {
    await createTask(db, { taskId, userId, requestKind: 'song', stage: 's', message: 'm' });
    return taskId;
  };
  const proxy = await startFaultyProxy(t, url);
  const client = connectDatabase({ url: proxy.url, maxConnections: 2 });
  t.teardown(() => client.close());
  return { proxy, client, addTask };
}

const statusOf = async (db: Database, taskId: string) => (await findTask(db, taskId))?.status;

for (const word of ['begin', 'update "choreography_tasks"', 'commit', 'rollback']) {
  t.test(`a pool outlives any number of connections that are cut at "${word}"`, async (t) => {
    const { proxy, client, addTask } = await scene(t);
    const taskId = await addTask('task');
    for (let time = 0; time < 5; time += 1) {
      proxy.fault = { word, kind: 'cut' };
      // Where the statement itself is refused, what is cut is its rollback.
      const failing = failTask(client, taskId, word === 'rollback' ? 'no text: \0' : 'x');
      await t.rejects(failing, word === 'rollback' ? { code: 'DB_FAILED' } : UNREACHABLE);
      proxy.fault = undefined;
      t.equal(await statusOf(client, taskId), 'pending');
    }
    t.equal(await failTask(client, taskId, 'x'), true);
    t.equal(await statusOf(client, taskId), 'failed');
  });
}

for (const word of ['update "choreography_tasks"', 'select']) {
  t.test(`a connection that falls silent at "${word}" is given up, and the next one works`, async (t) => {
    const { proxy, client, addTask } = await scene(t);
    const taskId = await addTask('task');
    proxy.fault = { word, kind: 'silent' };
    const work = (): Promise<unknown> =>
      word === 'select' ? findTask(client, taskId) : failTask(client, taskId, 'x');
    await Promise.all([t.rejects(work(), UNREACHABLE), t.rejects(work(), UNREACHABLE)]);
    proxy.fault = undefined;
    await t.resolves(work());
  });
}

t.test('a network that is silent from the first byte is a failure that may pass', async (t) => {
  const { proxy, client } = await scene(t);
  proxy.fault = { word: 'user', kind: 'silent' };
  await t.rejects(findTask(client, 'task'), UNREACHABLE);
  proxy.fault = undefined;
  t.equal(await findTask(client, 'task'), null);
});
