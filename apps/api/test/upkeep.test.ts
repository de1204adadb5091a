import { createRefreshSession, findRefreshSession, takeFromRateLimit } from '@bachata-buddy/database';
import { makeLogger } from '@bachata-buddy/platform';
import t from 'tap';
import { addUser } from './catalogue.ts';
import { makeTestApp } from './make-test-app.ts';

const HOUR_MS = 3_600_000;
const LIMIT = { scope: 'test', windowSec: 3_600, limit: 1 };

t.test('where something cannot be removed, it is said of what, and the rest goes', async (t) => {
  const lines: string[] = [];
  const log = makeLogger({
    name: 'api',
    level: 'error',
    destination: { write: (line) => void lines.push(line) },
  });
  const { app, database } = await makeTestApp(t, { log });
  const { id: userId } = await addUser(database, 'maria');
  const hourAgo = new Date(Date.now() - HOUR_MS);
  await createRefreshSession(database, { userId, tokenHash: 'old', expiresAt: hourAgo });
  await database.pool.query('drop table rate_limits');
  await app.ready();
  await app.close();
  t.same(
    lines.map((line) => JSON.parse(line).kind),
    ['rateLimits'],
  );
  t.equal(await findRefreshSession(database, 'old'), null);
});

t.test('what has expired is removed when the service starts; the rest stays', async (t) => {
  const { app, database } = await makeTestApp(t);
  const { id: userId } = await addUser(database, 'maria');
  const session = (tokenHash: string, expiresAt: number) =>
    createRefreshSession(database, { userId, tokenHash, expiresAt: new Date(expiresAt) });
  await session('old', Date.now() - HOUR_MS);
  await session('good', Date.now() + HOUR_MS);
  await takeFromRateLimit(database, { ...LIMIT, subject: 'old' });
  await database.pool.query("update rate_limits set expires_at = now() - interval '1 second'");
  await takeFromRateLimit(database, { ...LIMIT, subject: 'good' });
  await app.ready();
  await app.close();
  t.equal(await findRefreshSession(database, 'old'), null);
  t.not(await findRefreshSession(database, 'good'), null);
  t.equal((await database.pool.query('select 1 from rate_limits')).rowCount, 1);
});
