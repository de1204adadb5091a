import t from 'tap';
import { connectDatabase, recordLook, withSweepLease } from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';

t.test('one at a time sweeps, and whoever dies while sweeping leaves the way free', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  const other = connectDatabase({ url, maxConnections: 1 });
  t.teardown(() => other.close());
  const outcome = await withSweepLease(db, async () => {
    t.equal(await withSweepLease(other, async () => 'mine'), null);
    return 'done';
  });
  t.equal(outcome, 'done');
  await t.rejects(
    withSweepLease(db, () => Promise.reject(new Error('a sweep that fails'))),
    /a sweep that fails/,
  );
  t.equal(await withSweepLease(other, async () => 'free'), 'free');
  const swept = await withSweepLease(db, async () => {
    // As after a machine that is not heard of any more, however alive its connections look.
    await db.pool.query(`update sweeps set leased_until = now() - interval '1 s'`);
    t.equal(await withSweepLease(other, async () => 'next'), 'next');
    return 'all the same';
  });
  t.equal(swept, 'all the same', 'what was done is not undone by the loss of the lease');
});

t.test('a look knows for how long the database has been watched without a gap', async (t) => {
  const { db } = await makeTestDatabase(t);
  const back = (sec: number) =>
    db.pool.query(
      'update sweeps set looked_at = looked_at - make_interval(secs => $1), clear_since = clear_since - make_interval(secs => $1)',
      [sec],
    );
  const look = () => recordLook(db, { gapSec: 15 });
  t.strictSame(await look(), { clearForSec: 0, lastLookSec: null }, 'the first of all');
  await back(10);
  const second = await look();
  t.ok(second.clearForSec >= 10 && (second.lastLookSec ?? 0) >= 10);
  await back(10);
  t.ok((await look()).clearForSec >= 20, 'they add up');
  await back(16);
  const late = await look();
  t.equal(late.clearForSec, 0, 'after a gap it begins anew');
  t.ok((late.lastLookSec ?? 0) >= 16);
});
