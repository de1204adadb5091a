/** Makes on the server at the address given the database of a test that passes and of one that fails, as tap would have it, and says so in one line of JSON. */
import { createUser } from '../../src/index.ts';
import { makeTestDatabase } from '../../src/testkit.ts';

process.env.TEST_DATABASE_URL = process.argv[2];
for (const { fullname, isPassing } of [
  { fullname: 'a test that passes', isPassing: true },
  { fullname: 'a test that fails', isPassing: false },
]) {
  const handlers: (() => unknown)[] = [];
  const teardown = (handler: () => unknown) => handlers.push(handler);
  const { db } = await makeTestDatabase({ fullname, teardown, passing: () => isPassing });
  await createUser(db, { username: 'ana', passwordHash: 'h' });
  for (const handler of handlers) await handler();
}
process.stdout.write(`${JSON.stringify({ url: process.argv[2] })}\n`);
