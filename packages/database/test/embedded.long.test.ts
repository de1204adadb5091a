import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import t from 'tap';
import { startEmbeddedPostgres } from '../src/embedded.ts';
import { connectDatabase } from '../src/index.ts';
import { makeFolder, query, serverPid, start } from './embedded-server.ts';
import { runProgram } from './run-program.ts';

function portOf(url: string): number {
  return Number(new URL(url).port);
}

t.test('programs that start at the same time share one server, and the last to leave stops it', async (t) => {
  const folder = makeFolder(t);
  const programs = await Promise.all(Array.from({ length: 3 }, () => runProgram('use-embedded', folder)));
  t.equal(programs.filter(({ said }) => said.startedHere).length, 1);
  t.equal(new Set(programs.map(({ said }) => said.url)).size, 1);
  const starterFirst = programs.toSorted((a, b) => Number(b.said.startedHere) - Number(a.said.startedHere));
  for (const program of starterFirst) {
    t.type(serverPid(folder), 'number');
    t.same(await query(program.said.url, 'select 1 as one'), [{ one: 1 }]);
    await program.leave();
  }
  t.equal(serverPid(folder), undefined);
});

t.test('the server of a program that was killed is used by the next one and stopped by it', async (t) => {
  const folder = makeFolder(t);
  const owner = await runProgram('use-embedded', folder);
  const pid = serverPid(folder);
  await owner.kill();
  t.equal(serverPid(folder), pid, 'the server goes on');
  const server = await start(folder);
  t.equal(server.startedHere, false);
  t.equal(server.url, owner.said.url);
  await server.stop();
  t.equal(serverPid(folder), undefined);
});

t.test(
  'a server waits for the disk by default, so that a killed one is started again and has lost nothing',
  async (t) => {
    const folder = makeFolder(t);
    const first = await startEmbeddedPostgres({ directory: folder });
    const safety = await query<{ setting: string }>(
      first.url,
      `select setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`,
    );
    t.same(
      safety.map(({ setting }) => setting),
      ['on', 'on', 'on'],
    );
    await query(first.url, 'create table kept as select 42 as answer');
    const pid = serverPid(folder) ?? 0;
    process.kill(pid, 'SIGKILL');
    const second = await start(folder);
    t.equal(second.startedHere, true);
    t.not(serverPid(folder), pid);
    t.same(await query(second.url, 'select answer from kept'), [{ answer: 42 }]);
    await first.stop();
    t.same(
      await query(second.url, 'select answer from kept'),
      [{ answer: 42 }],
      'the first one leaving changes nothing',
    );
    await second.stop();
  },
);

t.test('a server is not pulled from under a client that is still connected', async (t) => {
  const folder = makeFolder(t);
  const messages: string[] = [];
  const server = await start(folder, messages);
  const db = connectDatabase({ url: server.url });
  await db.pool.query('select 1');
  await server.stop();
  t.same((await db.pool.query('select 1 as one')).rows, [{ one: 1 }]);
  t.equal(messages.at(-1), 'PostgreSQL goes on: 1 client(s) are still connected');
  await db.close();
  await (await start(folder)).stop();
});

t.test('another port is taken where that of the last start is in use', async (t) => {
  const folder = makeFolder(t);
  const first = await start(folder);
  await first.stop();
  const occupant = createServer();
  await new Promise<void>((resolve) => occupant.listen(portOf(first.url), '127.0.0.1', resolve));
  t.teardown(() => occupant.close());
  const second = await start(folder);
  t.not(portOf(second.url), portOf(first.url));
  t.same(await query(second.url, 'select 1 as one'), [{ one: 1 }]);
  await second.stop();
});

t.test('what a crash of the machine left behind does not stop a start', async (t) => {
  const folder = makeFolder(t);
  const first = await start(folder);
  await first.stop();
  // The old server's number belongs to another process now, and so does that of a program that was starting.
  writeFileSync(path.join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n/old\n0\n1\n`);
  writeFileSync(
    path.join(folder, 'postgres.lock'),
    JSON.stringify({ pid: process.pid, startedAt: 'long ago' }),
  );
  writeFileSync(path.join(folder, 'postgres.users', '1-cut-short'), '');
  const second = await start(folder);
  t.equal(second.startedHere, true);
  await second.stop();
});

t.test('a first start that was interrupted is begun anew', async (t) => {
  const folder = t.testdir({ 'postgres.new': { PG_VERSION: '18\n' }, 'postgres.lock': '{' });
  const server = await start(folder);
  t.same(await query(server.url, 'select 1 as one'), [{ one: 1 }]);
  await server.stop();
});
