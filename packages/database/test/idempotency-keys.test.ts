import t from 'tap';
import {
  abandonIdempotentRequest,
  beginIdempotentRequest,
  connectDatabase,
  createTask,
  deleteExpiredIdempotencyKeys,
  findTask,
  finishIdempotentRequest,
  storeBlueprintAndOrderLaunch,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addUser } from './fixtures.ts';

const SHA = 'a'.repeat(64);
const OTHER_SHA = 'b'.repeat(64);

t.test('of thirty equal requests over several pools one alone is new, the others wait for it', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const request = { userId, route: 'generate', key: 'k', requestSha256: SHA };
  const pools = Array.from({ length: 3 }, () => connectDatabase({ url, maxConnections: 5 }));
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, (_, index) => beginIdempotentRequest(pools[index % 3]!, request)),
  );
  await Promise.all(pools.map((pool) => pool.close()));
  t.equal(outcomes.filter(({ outcome }) => outcome === 'new').length, 1);
  t.equal(outcomes.filter(({ outcome }) => outcome === 'in_flight').length, 29);
});

t.test('a repeat gets the first answer letter by letter; another body is a mismatch', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const key = { userId, route: 'generate', key: 'k' };
  const request = { ...key, requestSha256: SHA };
  t.same(await beginIdempotentRequest(db, request), { outcome: 'new', attempt: 1 });
  t.same(await beginIdempotentRequest(db, { ...request, requestSha256: OTHER_SHA }), { outcome: 'mismatch' });
  const response = { zebra: 1, a: { nul: '\0', b: [null, 0.1] } };
  t.equal(await finishIdempotentRequest(db, { ...key, attempt: 1, statusCode: 202, response }), true);
  const replay = await beginIdempotentRequest(db, request);
  t.match(replay, { outcome: 'replay', statusCode: 202 });
  t.equal('response' in replay && JSON.stringify(replay.response), JSON.stringify(response));
  t.same(await beginIdempotentRequest(db, { ...request, requestSha256: OTHER_SHA }), { outcome: 'mismatch' });
  t.equal(
    await abandonIdempotentRequest(db, { ...key, attempt: 1 }),
    false,
    'what is answered is not given up',
  );
});

t.test("another user's and another route's keys of the same name are other keys", async (t) => {
  const { db } = await makeTestDatabase(t);
  const [ana, ben] = [await addUser(db), await addUser(db)];
  for (const [userId, route] of [
    [ana.id, 'song'],
    [ana.id, 'ai'],
    [ben.id, 'song'],
  ] as const) {
    const outcome = await beginIdempotentRequest(db, { userId, route, key: 'k', requestSha256: SHA });
    t.equal(outcome.outcome, 'new');
  }
});

t.test('an abandoned key is free again', async (t) => {
  const { db } = await makeTestDatabase(t);
  const key = { userId: (await addUser(db)).id, route: 'generate', key: 'k' };
  await beginIdempotentRequest(db, { ...key, requestSha256: SHA });
  t.equal(await abandonIdempotentRequest(db, { ...key, attempt: 2 }), false);
  t.equal(await abandonIdempotentRequest(db, { ...key, attempt: 1 }), true);
  t.match(await beginIdempotentRequest(db, { ...key, requestSha256: OTHER_SHA }), { outcome: 'new' });
});

t.test(
  'a request without an answer for a minute is taken over, and its late answer changes nothing',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const key = { userId: (await addUser(db)).id, route: 'generate', key: 'k' };
    const request = { ...key, requestSha256: SHA };
    const age = (seconds: number) =>
      db.pool.query('update idempotency_keys set created_at = now() - make_interval(secs => $1)', [seconds]);
    await beginIdempotentRequest(db, request);
    await age(50);
    t.same(await beginIdempotentRequest(db, request), { outcome: 'in_flight' });
    await age(61);
    t.same(await beginIdempotentRequest(db, { ...request, requestSha256: OTHER_SHA }), {
      outcome: 'mismatch',
    });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => beginIdempotentRequest(db, request)));
    t.same(
      outcomes.filter(({ outcome }) => outcome === 'new'),
      [{ outcome: 'new', attempt: 2 }],
    );
    const late = { ...key, attempt: 1, statusCode: 500, response: { error: 'late' } };
    t.equal(await finishIdempotentRequest(db, late), false);
    t.equal(await abandonIdempotentRequest(db, late), false);
    t.equal(
      await finishIdempotentRequest(db, { ...key, attempt: 2, statusCode: 202, response: { ok: true } }),
      true,
    );
    await age(3_600);
    t.same(await beginIdempotentRequest(db, request), {
      outcome: 'replay',
      statusCode: 202,
      response: { ok: true },
    });
  },
);

t.test('an answer is kept with the launch order, or neither: a repeat begins no second task', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const key = { userId, route: 'generate', key: 'k' };
  const repeat = () => beginIdempotentRequest(db, { ...key, requestSha256: SHA });
  const lose = () => db.pool.query("update idempotency_keys set created_at = now() - interval '61 s'");
  const submit = async (taskId: string, attempt: number) => {
    await createTask(db, { taskId, userId, requestKind: 'song', stage: 's', message: 'm' });
    const answered = { ...key, attempt, statusCode: 202, response: { task_id: taskId } };
    return storeBlueprintAndOrderLaunch(db, { taskId, blueprint: {}, sha256: SHA, answered });
  };
  const orders = async () => (await db.pool.query('select task_id from launch_orders')).rows;

  await repeat();
  await lose();
  t.same(await repeat(), { outcome: 'new', attempt: 2 });
  await t.rejects(submit('late', 1), { code: 'DB_REQUEST_REPLACED' });
  t.equal((await findTask(db, 'late'))?.status, 'pending', 'nothing of it was stored');
  t.same(await orders(), []);
  t.equal(await submit('second', 2), true);
  await lose();
  t.match(await repeat(), { outcome: 'replay', statusCode: 202, response: { task_id: 'second' } });
  t.same(await orders(), [{ task_id: 'second' }]);
});

t.test('a key that has expired is taken for any body, and removed by the cleaner', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const begin = (key: string, requestSha256: string, ttlSec?: number) =>
    beginIdempotentRequest(db, {
      userId,
      route: 'r',
      key,
      requestSha256,
      ...(ttlSec === undefined ? {} : { ttlSec }),
    });
  await begin('short', SHA, 0);
  const ended = { userId, route: 'r', key: 'short', attempt: 1, statusCode: 202, response: { n: 1 } };
  await finishIdempotentRequest(db, ended);
  t.match(await begin('short', OTHER_SHA, 0), { outcome: 'new', attempt: 2 });
  await begin('long', SHA);
  const { rows } = await db.pool.query(
    `select extract(epoch from expires_at - created_at)::int as ttl from idempotency_keys where key = 'long'`,
  );
  t.same(rows, [{ ttl: 86_400 }]);
  t.equal(await deleteExpiredIdempotencyKeys(db), 1);
  t.equal(await deleteExpiredIdempotencyKeys(db), 0);
  t.same(await begin('long', SHA), { outcome: 'in_flight' });
});
