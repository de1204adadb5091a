import { once } from 'node:events';
import t from 'tap';
import {
  connectDatabase,
  createTask,
  createUser,
  databaseError,
  findUserById,
  findUserByUsername,
  listSongs,
  pingDatabase,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';

t.test('a ping tells a server that is there from one that is not', async (t) => {
  const { db } = await makeTestDatabase(t);
  await t.resolves(pingDatabase(db));
  const nowhere = connectDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' });
  await t.rejects(pingDatabase(nowhere), { code: 'DB_UNAVAILABLE', retryable: true });
  await nowhere.close();
});

t.test('a refused login is not worth another try', async (t) => {
  const { url } = await makeTestDatabase(t);
  const wrong = new URL(url);
  wrong.password = 'wrong';
  const db = connectDatabase({ url: wrong.href });
  await t.rejects(pingDatabase(db), { code: 'DB_LOGIN_REFUSED', retryable: false });
  await db.close();
});

t.test('what a query throws holds neither SQL nor values', async (t) => {
  const { db } = await makeTestDatabase(t);
  const task = {
    taskId: 'abc',
    userId: 999,
    requestKind: 'song',
    stage: 's',
    message: 'secret-message',
  } as const;
  const error = await createTask(db, task).then(
    () => t.fail('should throw'),
    (thrown) => thrown,
  );
  t.match(error, { code: 'DB_CONSTRAINT', retryable: false, details: { sqlState: '23503' } });
  t.match(error.details.constraint, /user_id/);
  for (const text of [error.message, String(error.cause), JSON.stringify(error.details)]) {
    t.notMatch(text, /insert into|select |secret-message/i);
  }
});

t.test('text the server cannot hold is an error of the query, not of the process', async (t) => {
  const { db } = await makeTestDatabase(t);
  await t.rejects(findUserByUsername(db, 'a\0b'), { code: 'DB_FAILED', retryable: false });
  t.equal((await listSongs(db, { limit: 1, offset: 0 })).count, 0);
});

t.test('a connection the server ends while idle is reported, and the pool goes on', async (t) => {
  const { db: killer, url } = await makeTestDatabase(t);
  let report: (error: Error) => void = () => {};
  const reported = new Promise<Error>((resolve) => {
    report = resolve;
  });
  const db = connectDatabase({ url, applicationName: 'victim', onIdleError: (error) => report(error) });
  await pingDatabase(db);
  await killer.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`,
  );
  t.match(await reported, { message: /terminat/i });
  await t.resolves(pingDatabase(db));
  await db.close();
});

t.test('a connection that breaks in the middle of a query is an error that may pass', async (t) => {
  const { db: killer, url } = await makeTestDatabase(t);
  const db = connectDatabase({ url, applicationName: 'victim' });
  const client = await db.pool.connect();
  const ended = once(client, 'error');
  const query = client.query('select pg_sleep(60)').catch((thrown: unknown) => databaseError(thrown));
  await killer.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`,
  );
  t.match(await query, { code: 'DB_UNAVAILABLE', retryable: true });
  await ended;
  client.release(true);
  t.equal(await findUserById(db, 1), null);
  await db.close();
});

t.test('a second account of one name is told apart from other refusals', async (t) => {
  const { db } = await makeTestDatabase(t);
  await createUser(db, { username: 'ana', passwordHash: 'h' });
  await t.rejects(createUser(db, { username: 'ana', passwordHash: 'h' }), { code: 'DB_DUPLICATE_USERNAME' });
  await t.rejects(createUser(db, { username: 'Ana', passwordHash: 'h' }), { code: 'DB_DUPLICATE_USERNAME' });
  await t.rejects(createUser(db, { username: 'x'.repeat(151), passwordHash: 'h' }), { code: 'DB_FAILED' });
});
