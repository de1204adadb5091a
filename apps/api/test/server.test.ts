import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect, type TcpNetConnectOpts } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Database } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { programArguments } from '@bachata-buddy/platform/testkit';
import t from 'tap';
import { addPendingTask, addSong } from './catalogue.ts';
import { isAlive, until } from './launch/pretend-launcher.ts';
import type { Tap } from './tap.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SERVER = programArguments('apps/api/src/server.ts');

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  t.teardown(() => child.kill('SIGKILL'));
  return { child, lines };
}

async function endOf(child: ChildProcess): Promise<[number | null, string | null]> {
  if (child.exitCode !== null || child.signalCode !== null) return [child.exitCode, child.signalCode];
  return (await once(child, 'exit')) as [number | null, string | null];
}

/** The service as a process, once it listens. */
async function serve(t: Tap, databaseUrl: string, env: Record<string, string> = {}) {
  const storage = t.testdir({ output: { 'long.mp4': '' } });
  const { child, lines } = start(SERVER, {
    DATABASE_URL: databaseUrl,
    JWT_SECRET: 'a secret for tests alone, of enough characters',
    PORT: '0',
    LOCAL_STORAGE_PATH: storage,
    ...env,
  });
  const address = await until('the address', () => /http:\/\/127\.0\.0\.1:\d+/.exec(lines.join('\n'))?.[0]);
  return { child, lines, address, storage };
}

/** An answer's head, once it is there; nothing of its body is read. */
function ask(url: string, headers: Record<string, string> = {}, agent?: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { headers, ...(agent === undefined ? {} : { agent }) }, resolve).once('error', reject);
  });
}

async function isRefused(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return false;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ECONNREFUSED';
  } finally {
    socket.destroy();
  }
}

async function waitingQueries({ pool }: Database): Promise<number> {
  const { rows } = await pool.query(
    `select count(*)::int as count from pg_locks where relation = 'songs'::regclass and not granted
       and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows[0].count;
}

t.test('the process listens, answers, and ends in order on SIGTERM', async (t) => {
  const { url } = await makeTestDatabase(t);
  const { child, lines, address, storage } = await serve(t, url, { SHUTDOWN_DRAIN_MS: '200' });
  t.strictSame(await (await fetch(`${address}/api/ready`)).json(), { status: 'ready' });
  const unauthorised = await fetch(`${address}/api/auth/me`, {
    headers: { authorization: 'Bearer hush-hush' },
  });
  t.equal(unauthorised.status, 401);
  truncateSync(join(storage, 'output', 'long.mp4'), 200_000_000);
  const unread = await ask(`${address}/media/output/long.mp4`);
  t.equal(unread.statusCode, 200);
  const cut = once(unread, 'error');
  child.kill('SIGTERM');
  t.strictSame(await endOf(child), [0, null], 'a download that nobody reads does not hold it up');
  unread.resume();
  t.match(await cut, [{ code: 'ECONNRESET' }], 'and whoever reads on can tell that it was cut');
  t.notMatch(lines.join('\n'), /hush-hush|a secret for tests/, 'no credential is logged');
  for (const line of lines) t.type(JSON.parse(line).message, 'string', 'every line is JSON');
});

t.test('on SIGTERM what is under way is answered, streams end, and nobody else is let in', async (t) => {
  const { url, db: database } = await makeTestDatabase(t);
  await addSong(database, 'Suegra');
  const { child, address } = await serve(t, url, { SHUTDOWN_DRAIN_MS: '60000' });
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  const password = 'una-noche-larga';
  const registered = await fetch(`${address}/api/auth/register/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'maria', password, password2: password }),
  });
  const { access, user } = (await registered.json()) as { access: string; user: { id: number } };
  const headers = { authorization: `Bearer ${access}` };
  const taskId = await addPendingTask(database, user.id);
  const stream = await ask(`${address}/api/choreography/tasks/${taskId}/events/`, headers);
  t.equal(stream.statusCode, 200);
  let hasStreamEnded = false;
  stream.resume().once('end', () => {
    hasStreamEnded = true;
  });

  const locker = await database.pool.connect();
  await locker.query('begin; lock table songs in access exclusive mode');
  const answers = [1, 2].map((page) =>
    ask(`${address}/api/choreography/songs/?page_size=${page}`, headers, agent),
  );
  await until('both at the lock', async () => (await waitingQueries(database)) >= 2);
  child.kill('SIGTERM');
  await until('that nobody is let in', () => isRefused(address));
  await until('the end of the stream', () => hasStreamEnded);
  t.equal(child.exitCode, null, 'the process waits for the two');
  await locker.query('rollback');
  locker.release();
  for (const answer of await Promise.all(answers)) {
    t.match(answer, { statusCode: 200, headers: { connection: 'close' } });
    t.match(JSON.parse(await text(answer)), { count: 1, results: [{ title: 'Suegra' }] });
  }
  t.strictSame(await endOf(child), [0, null]);
});

t.test('on SIGTERM, requests that have come and were not even read yet are answered', async (t) => {
  const { url } = await makeTestDatabase(t);
  const { child, address } = await serve(t, url);
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  (await ask(`${address}/api/health`, {}, agent)).resume();
  await until('a connection that is kept', () => Object.keys(agent.freeSockets).length === 1);
  // It stands still while they come: only the system knows of them.
  child.kill('SIGSTOP');
  const kept = ask(`${address}/api/health`, {}, agent);
  let connected = 0;
  const fresh = Array.from({ length: 20 }, () => {
    const own = new Agent();
    own.createConnection = (options: TcpNetConnectOpts) =>
      connect(options).once('connect', () => {
        connected += 1;
      });
    return ask(`${address}/api/health`, {}, own);
  });
  await until('all connections', () => connected === fresh.length);
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  for (const answer of await Promise.all([kept, ...fresh])) {
    // Who has stood still for seconds may say that it is behind.
    t.match(String(answer.statusCode), /^(200|503)$/);
    answer.resume();
  }
  t.strictSame(await endOf(child), [0, null]);
});

t.test('without its configuration the process refuses to start and says what is missing', async (t) => {
  const { child, lines } = start(SERVER);
  t.strictSame(await endOf(child), [1, null]);
  await until('its words', () => lines.length >= 3);
  t.match(lines.join('\n'), /DATABASE_URL is missing[\s\S]*JWT_SECRET is missing/);
});

t.test('a process that is killed outright leaves no job behind', async (t) => {
  const out = join(t.testdir(), 'records.jsonl');
  const parent = programArguments('apps/api/test/fixtures/launching-parent.ts');
  const { child } = start([...parent, join(ROOT, 'apps/api/test/fixtures/pretend-job.mjs'), out]);
  const records = () =>
    (existsSync(out) ? readFileSync(out, 'utf8') : '').split('\n').filter((line) => line !== '');
  const first = await until('the job', () => records()[0]);
  const { pid } = JSON.parse(first);
  t.ok(isAlive(pid));
  child.kill('SIGKILL');
  await endOf(child);
  t.ok(await until('the end of the job', () => !isAlive(pid)));
  t.strictSame(JSON.parse(records().at(-1) ?? ''), { stoppedBy: 'stdin' });
});
