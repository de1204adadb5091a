import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf, isStillRunning, parseIdentity } from '@bachata-buddy/platform';
import { dbError } from '../errors.ts';

const RETRY_MS = 40;
/** A first start takes a second or two; a recovery after a crash may take longer. */
const WAIT_MS = 120_000;
/** Taking over a dead owner's lock is a matter of milliseconds. */
const TAKEOVER_STALE_MS = 10_000;

/**
 * Does something while no other process does it: the lock is a file that names its owner. One whose owner has
 * died is taken over.
 *
 * @throws AppError `DB_EMBEDDED_BUSY` where another process keeps it for two minutes
 */
export async function withLockFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + WAIT_MS;
  while (!(await tryLock(file))) {
    if (Date.now() > deadline) {
      throw dbError(
        'DB_EMBEDDED_BUSY',
        'Another process has been starting the embedded PostgreSQL server for two minutes',
      );
    }
    await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function tryLock(file: string): Promise<boolean> {
  if (await createWhole(file, JSON.stringify(await identityOf()))) return true;
  if (await isLeftBehind(file)) await removeLeftBehind(file);
  return false;
}

/** Creates a file with its content in one step; false where it exists. */
async function createWhole(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { mode: 0o600 });
    await link(draft, file);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Whether the lock is there and its owner, as far as it can be known, is not. */
async function isLeftBehind(file: string): Promise<boolean> {
  try {
    const owner = parseIdentity(await readFile(file, 'utf8'));
    return owner === null || !(await isStillRunning(owner));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false; // Given back meanwhile.
    throw thrown;
  }
}

/** Under a second lock: of two that found the owner dead, the slower must not remove the faster one's new lock. */
async function removeLeftBehind(file: string): Promise<void> {
  const takeover = `${file}.takeover`;
  if (!(await createWhole(takeover, ''))) {
    const age = await stat(takeover).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > TAKEOVER_STALE_MS) await rm(takeover, { force: true });
    return;
  }
  try {
    if (await isLeftBehind(file)) await rm(file, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}
