import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import t, { type Test } from 'tap';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded.ts';
import { connectDatabase } from '../src/index.ts';
import { runProgram, until } from './run-program.ts';

function start(directory: string, messages: string[] = []): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ directory, durable: false, onMessage: (message) => messages.push(message) });
}

async function query<Row>(url: string, text: string): Promise<Row[]> {
  const db = connectDatabase({ url });
  try {
    return (await db.pool.query(text)).rows as Row[];
  } finally {
    await db.close();
  }
}

/** Process id of the server, from PostgreSQL's own file; undefined where it does not run. */
function serverPid(directory: string): number | undefined {
  const file = path.join(directory, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** A folder whose server is stopped at the end, whatever the test leaves. */
function makeFolder(t: Test): string {
  const folder = t.testdir();
  t.teardown(async () => {
    const pid = serverPid(folder);
    if (pid === undefined) return;
    process.kill(pid, 'SIGQUIT');
    await until(() => !isAlive(pid));
    throw new Error('The server was left running');
  });
  return folder;
}

t.test(
  'a first start makes a private server, and the next finds data, port and password again',
  async (t) => {
    const folder = path.join(makeFolder(t), 'not', 'there', 'yet');
    const messages: string[] = [];
    const first = await start(folder, messages);
    t.equal(first.startedHere, true);
    await query(first.url, `create table kept as select 'señal' as text`);
    const settings = await query<{ name: string; setting: string }>(
      first.url,
      `select name, setting from pg_settings where name in
       ('listen_addresses', 'unix_socket_directories', 'server_encoding', 'server_version_num') order by 1`,
    );
    t.same(
      settings.map(({ setting }) => setting.slice(0, 9)),
      ['127.0.0.1', 'UTF8', settings[2]?.setting, ''],
    );
    t.ok(Number(settings[2]?.setting) >= 180_000, 'PostgreSQL 18');
    t.equal(statSync(path.join(folder, 'postgres.json')).mode & 0o777, 0o600);
    const wrong = new URL(first.url);
    wrong.password = 'guess';
    await t.rejects(query(wrong.href, 'select 1'), { code: '28P01' }, 'no way in without the password');
    await first.stop();
    await first.stop();
    t.equal(serverPid(folder), undefined);
    const second = await start(folder);
    t.equal(second.url, first.url);
    t.same(await query(second.url, 'select text from kept'), [{ text: 'señal' }]);
    await second.stop();
    t.same(messages, ['PostgreSQL is started', 'PostgreSQL is stopped']);
  },
);

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

t.test('data without their password are refused, and left alone', async (t) => {
  const folder = t.testdir({ postgres: { PG_VERSION: '18\n' } });
  await t.rejects(start(folder), { code: 'DB_EMBEDDED_STATE_LOST', message: /postgres\.json/ });
  t.equal(readFileSync(path.join(folder, 'postgres', 'PG_VERSION'), 'utf8'), '18\n');
});

t.test(
  'data that are not a server’s fail with a message for people, the log’s text only in the details',
  async (t) => {
    const folder = t.testdir({
      postgres: { PG_VERSION: '9.6\n' },
      'postgres.json': JSON.stringify({ password: 'x', port: 0 }),
    });
    const error = await start(folder).then(
      () => t.fail('should throw'),
      (thrown) => thrown,
    );
    t.match(error, { code: 'DB_EMBEDDED_FAILED', message: /did not start/, details: { output: String } });
    t.notMatch(error.message, folder);
    t.notOk(existsSync(path.join(folder, 'postgres.lock')), 'the lock is free again');
  },
);

t.test('a folder that cannot be made or written is named as the reason', async (t) => {
  const folder = t.testdir({ file: '' });
  await t.rejects(start(path.join(folder, 'file', 'below')), { code: 'DB_EMBEDDED_NOT_WRITABLE' });
});
