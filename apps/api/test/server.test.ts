import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import t from 'tap';
import { isAlive, until } from './launch/pretend-launcher.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SERVER = join(ROOT, 'apps/api/src/server.ts');

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
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

t.test('the process listens, answers, and ends in order on SIGTERM', async (t) => {
  const { url } = await makeTestDatabase(t);
  const { child, lines } = start([SERVER], {
    DATABASE_URL: url,
    JWT_SECRET: 'a secret for tests alone, of enough characters',
    PORT: '0',
    LOCAL_STORAGE_PATH: t.testdir(),
  });
  const address = await until('the address', () => /http:\/\/127\.0\.0\.1:\d+/.exec(lines.join('\n'))?.[0]);
  t.strictSame(await (await fetch(`${address}/api/ready`)).json(), { status: 'ready' });
  const unauthorised = await fetch(`${address}/api/auth/me`, {
    headers: { authorization: 'Bearer hush-hush' },
  });
  t.equal(unauthorised.status, 401);
  child.kill('SIGTERM');
  t.strictSame(await endOf(child), [0, null]);
  t.notMatch(lines.join('\n'), /hush-hush|a secret for tests/, 'no credential is logged');
  for (const line of lines) t.type(JSON.parse(line).message, 'string', 'every line is JSON');
});

t.test('without its configuration the process refuses to start and says what is missing', async (t) => {
  const { child, lines } = start([SERVER]);
  t.strictSame(await endOf(child), [1, null]);
  await until('its words', () => lines.length >= 3);
  t.match(lines.join('\n'), /DATABASE_URL is missing[\s\S]*JWT_SECRET is missing/);
});

t.test('a process that is killed outright leaves no job behind', async (t) => {
  const out = join(t.testdir(), 'records.jsonl');
  const fixture = (name: string) => join(ROOT, 'apps/api/test/fixtures', name);
  const { child } = start([fixture('launching-parent.ts'), fixture('pretend-job.mjs'), out]);
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
