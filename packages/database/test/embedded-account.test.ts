import { chmodSync, chownSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { findBinaries } from '../src/embedded/binaries.ts';
import { startEmbeddedPostgres } from '../src/embedded.ts';

const skip =
  process.platform === 'linux' && process.getuid?.() === 0 ? false : 'only root on Linux changes its account';
/** capabilities(7): CAP_DAC_OVERRIDE is number 1. */
const DAC_OVERRIDE = '0000000000000002';

/** Real user id and effective capabilities of the server, as the kernel tells. */
function rightsOf(directory: string): { uid: string | undefined; capabilities: string | undefined } {
  const [pid] = readFileSync(path.join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return { uid: /^Uid:\t(\d+)/m.exec(status)?.[1], capabilities: /^CapEff:\t(\w+)/m.exec(status)?.[1] };
}

t.test('started by root, the server runs as an account without rights', { skip }, async (t) => {
  const folder = t.testdir();
  const server = await startEmbeddedPostgres({ directory: folder, durable: false });
  const { uid, capabilities } = rightsOf(folder);
  t.not(uid, '0');
  t.match(capabilities, /^0+$/);
  t.not(statSync(path.join(folder, 'postgres')).uid, 0);
  await server.stop();
});

t.test('the owner of the folder is preferred where the system knows such an account', { skip }, async (t) => {
  const [daemon] = readFileSync('/etc/passwd', 'utf8').match(/^daemon:.*/m) ?? [];
  const [, , knownUid = ''] = daemon?.split(':') ?? [];
  for (const [uid, isUsed] of [
    [Number(knownUid), true],
    [54_321, false],
  ] as const) {
    const folder = path.join(t.testdir(), 'project');
    mkdirSync(folder);
    chownSync(folder, uid, uid);
    const server = await startEmbeddedPostgres({ directory: folder, durable: false });
    t.equal(rightsOf(folder).uid === String(uid), isUsed);
    await server.stop();
  }
});

t.test('under a folder that only root may pass, the one right to pass it is kept', { skip }, async (t) => {
  const folder = path.join(t.testdir(), 'private', 'project');
  mkdirSync(folder, { recursive: true });
  chmodSync(path.dirname(folder), 0o700);
  const server = await startEmbeddedPostgres({ directory: folder, durable: false });
  const { uid, capabilities } = rightsOf(folder);
  t.not(uid, '0');
  t.equal(capabilities, DAC_OVERRIDE);
  await server.stop();
});

t.test('a platform without a server is told to set DATABASE_URL', async (t) => {
  await t.rejects(findBinaries('sunos', 'sparc'), {
    code: 'DB_EMBEDDED_UNAVAILABLE',
    message: /sunos sparc: set DATABASE_URL/,
  });
});
