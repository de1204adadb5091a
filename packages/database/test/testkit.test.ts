import t from 'tap';
import { connectDatabase, createUser, pingDatabase } from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';

/** Stands in for a test, so that its teardown can be watched. */
function makeContext() {
  const handlers: (() => unknown)[] = [];
  return {
    teardown: (handler: () => unknown) => handlers.push(handler),
    end: async () => {
      for (const handler of handlers) await handler();
    },
  };
}

t.test('every test gets a database of its own, migrated and empty', async (t) => {
  const first = await makeTestDatabase(t);
  const second = await makeTestDatabase(t);
  t.not(first.url, second.url);
  await createUser(first.db, { username: 'ana', passwordHash: 'h' });
  await t.resolves(createUser(second.db, { username: 'ana', passwordHash: 'h' }));
});

t.test('a database is dropped when its test ends', async (t) => {
  const context = makeContext();
  const { url } = await makeTestDatabase(context);
  await context.end();
  const db = connectDatabase({ url });
  await t.rejects(pingDatabase(db), { code: 'DB_LOGIN_REFUSED', details: { sqlState: '3D000' } });
  await db.close();
});

t.test(
  'a connection that a test leaves open fails it, and the database is dropped all the same',
  async (t) => {
    const context = makeContext();
    const { url } = await makeTestDatabase(context);
    const leaky = connectDatabase({ url, applicationName: 'leaky' });
    await pingDatabase(leaky);
    await t.rejects(context.end(), { message: '1 connection(s) were left open: leaky' });
    await t.rejects(pingDatabase(leaky), { code: /^DB_(UNAVAILABLE|LOGIN_REFUSED)$/ });
    await leaky.close();
  },
);
