import t from 'tap';
import {
  connectDatabase,
  type Database,
  deleteStaleRateLimits,
  releaseFromRateLimit,
  takeFromRateLimit,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';

const LIMIT = { scope: 'generation', subject: '1', limit: 10, windowSec: 3_600 };
const ALLOWED = { allowed: true, retryAfterSec: 0 };

/** Moves everything that was counted into the past. */
function age(db: Database, seconds: number) {
  return db.pool.query(
    `update rate_limits set expires_at = expires_at - make_interval(secs => $1),
       taken_at = array(select t - make_interval(secs => $1) from unnest(taken_at) t order by t)`,
    [seconds],
  );
}

t.test('fifty takers at once over five pools are allowed exactly ten times', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  const pools = Array.from({ length: 5 }, () => connectDatabase({ url, maxConnections: 5 }));
  const takeFifty = () =>
    Promise.all(Array.from({ length: 50 }, (_, index) => takeFromRateLimit(pools[index % 5]!, LIMIT)));
  const answers = await takeFifty();
  t.equal(answers.filter(({ allowed }) => allowed).length, 10);
  for (const { allowed, retryAfterSec } of answers) {
    if (!allowed) t.ok(retryAfterSec > 3_500 && retryAfterSec <= 3_600, `${retryAfterSec} s`);
  }
  await age(db, 3_601);
  t.equal(
    (await takeFifty()).filter(({ allowed }) => allowed).length,
    10,
    'and again in the window after that',
  );
  await Promise.all(pools.map((pool) => pool.close()));
});

t.test('each answer says what is left, and when there is more', async (t) => {
  const { db } = await makeTestDatabase(t);
  const limit = { ...LIMIT, limit: 2 };
  t.same(await takeFromRateLimit(db, limit), { ...ALLOWED, remaining: 1, resetSec: 3_600 });
  await age(db, 3_000);
  const last = await takeFromRateLimit(db, limit);
  t.match(last, { ...ALLOWED, remaining: 0 });
  t.ok(last.resetSec > 500 && last.resetSec <= 600, `${last.resetSec} s, of the first`);
  const refused = await takeFromRateLimit(db, limit);
  t.match(refused, { allowed: false, remaining: 0, resetSec: refused.retryAfterSec });
});

t.test('each place becomes free when its own hour is over', async (t) => {
  const { db } = await makeTestDatabase(t);
  const limit = { ...LIMIT, limit: 2 };
  t.match(await takeFromRateLimit(db, limit), ALLOWED);
  await age(db, 3_000);
  t.match(await takeFromRateLimit(db, limit), ALLOWED);
  const { retryAfterSec } = await takeFromRateLimit(db, limit);
  t.ok(retryAfterSec > 500 && retryAfterSec <= 600, `${retryAfterSec} s`);
  await age(db, 601);
  t.match(await takeFromRateLimit(db, limit), ALLOWED);
  const next = await takeFromRateLimit(db, limit);
  t.equal(next.allowed, false);
  t.ok(next.retryAfterSec > 2_900 && next.retryAfterSec <= 2_999, `${next.retryAfterSec} s`);
});

t.test('a limit that was lowered waits until fewer than it are left', async (t) => {
  const { db } = await makeTestDatabase(t);
  await takeFromRateLimit(db, LIMIT);
  await age(db, 1_000);
  await takeFromRateLimit(db, LIMIT);
  const { allowed, retryAfterSec } = await takeFromRateLimit(db, { ...LIMIT, limit: 1 });
  t.equal(allowed, false);
  t.ok(retryAfterSec > 3_500, 'the later one counts');
});

t.test('scopes and subjects count for themselves, and a subject may be any text', async (t) => {
  const { db } = await makeTestDatabase(t);
  for (const [scope, subject] of [
    ['login-address', '::1'],
    ['login-username', '::1'],
    ['login-username', 'x'.repeat(100_000)],
    ['login-username', 'nul \0'],
  ] as const) {
    const limit = { scope, subject, limit: 1, windowSec: 60 };
    t.match(await takeFromRateLimit(db, limit), ALLOWED);
    t.equal((await takeFromRateLimit(db, limit)).allowed, false);
  }
  const { rows } = await db.pool.query(`select 1 from rate_limits where rate_limits::text like '%::1%'`);
  t.same(rows, [], 'no address is stored as it is');
});

t.test('a limit of none allows none', async (t) => {
  const { db } = await makeTestDatabase(t);
  t.match(await takeFromRateLimit(db, { ...LIMIT, limit: 0 }), { allowed: false, retryAfterSec: 3_600 });
});

t.test('what is released can be taken again, and nothing more', async (t) => {
  const { db } = await makeTestDatabase(t);
  const limit = { ...LIMIT, limit: 1 };
  await releaseFromRateLimit(db, limit);
  t.match(await takeFromRateLimit(db, limit), ALLOWED);
  await releaseFromRateLimit(db, limit);
  await releaseFromRateLimit(db, limit);
  t.match(await takeFromRateLimit(db, limit), ALLOWED);
  t.equal((await takeFromRateLimit(db, limit)).allowed, false);
});

t.test('the cleaner removes subjects whose window has passed', async (t) => {
  const { db } = await makeTestDatabase(t);
  await takeFromRateLimit(db, LIMIT);
  t.equal(await deleteStaleRateLimits(db), 0);
  await age(db, 3_601);
  await takeFromRateLimit(db, { ...LIMIT, subject: '2' });
  t.equal(await deleteStaleRateLimits(db), 1);
  t.equal((await db.pool.query('select 1 from rate_limits')).rowCount, 1);
});
