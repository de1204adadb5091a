import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { programArguments } from '@bachata-buddy/platform/testkit';
import t from 'tap';
import { connectDatabase, pingDatabase } from '../src/index.ts';
import { keepServer, sweepServers } from '../src/testkit/kept-servers.ts';
import { serverFolder } from '../src/testkit/server-folder.ts';
import { describeKept, startTestServer } from '../src/testkit.ts';
import { runProgram, until } from './run-program.ts';

const FOLDER = await serverFolder();

function testFolders(): string[] {
  return readdirSync(FOLDER).filter((name) => name.startsWith('bachata-buddy-test-'));
}

t.test('a server for tests leaves neither process nor file, also when its program is killed', async (t) => {
  const before = testFolders();
  const [orderly, killed] = await Promise.all([runProgram('use-test-server'), runProgram('use-test-server')]);
  t.equal(testFolders().length, before.length + 2);
  await orderly.leave();
  await killed.kill();
  await until(() => testFolders().length === before.length);
  for (const { said } of [orderly, killed]) {
    const db = connectDatabase({ url: said.url });
    await t.rejects(pingDatabase(db), { code: 'DB_UNAVAILABLE' });
    await db.close();
  }
});

t.test('what a failed test left can be looked into after the run, and older runs go', async (t) => {
  const folder = t.testdir();
  const server = await startTestServer(folder);
  const run = await runProgram('fail-a-test', server.url);
  await run.leave();
  const kept = await server.stop();
  if (kept === undefined || 'problem' in kept) throw new Error('nothing was kept');
  t.match(kept.databases, [{ title: 'a test that fails' }]);
  t.match(describeKept(kept).at(-1), `pnpm test:open ${kept.directory}`);

  const program = programArguments('packages/database/src/commands/open-failed-tests.ts');
  const args = [...program, kept.directory, '--query', 'select username from users'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { PATH: process.env.PATH } });
  t.match(stdout.split('\n'), ['a test that fails', /^ {2}postgres:\/\//, '  {"username":"ana"}']);

  for (const name of ['2001', '2002', '2003']) await mkdir(join(folder, name));
  await sweepServers(folder);
  t.strictSame((await readdir(folder)).sort(), ['2002', '2003', basename(kept.directory)]);
});

t.test('where what failed tests left cannot be kept, the server ends and its folder goes', async (t) => {
  const before = testFolders();
  const directory = t.testdir({ file: '' });
  const [full, killed] = [await startTestServer(join(directory, 'file')), await startTestServer(directory)];
  await (await runProgram('fail-a-test', full.url)).leave();
  for (const folder of testFolders().filter((name) => !before.includes(name))) {
    const postmaster = await readFile(join(FOLDER, folder, 'postgres/postmaster.pid'), 'utf8');
    const [pid, , , port] = postmaster.split('\n');
    if (port === new URL(killed.url).port) process.kill(Number(pid), 'SIGKILL');
  }
  for (const server of [full, killed]) {
    const stopped = await server.stop();
    if (stopped === undefined) throw new Error('nothing was said');
    t.match(describeKept(stopped), [/^What failed tests may have left could not be kept: \S.*$/]);
    const db = connectDatabase({ url: server.url });
    await t.rejects(pingDatabase(db), { code: 'DB_UNAVAILABLE' });
    await db.close();
  }
  t.strictSame(testFolders(), before);
});

t.test('a copy that fails on its way leaves nothing, and one that was cut off is swept', async (t) => {
  const folder = t.testdir({ '.draft-2001-999999999': { file: '' } });
  // A folder does not fit into itself.
  await t.rejects(keepServer(folder, join(folder, 'kept')), { message: /^[^\n]+ into itself[^\n]*$/ });
  t.strictSame(await readdir(join(folder, 'kept')), []);
  await sweepServers(folder);
  t.strictSame(await readdir(folder), ['kept']);
});
