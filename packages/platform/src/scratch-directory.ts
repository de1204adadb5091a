import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf, isAlive } from './process-identity.ts';

const RANDOM_PART = /-[A-Za-z0-9]{6}$/;

export interface ScratchDirectoryOptions {
  /** What the folder is for, as the beginning of its name: small letters and hyphens. */
  readonly purpose: string;
  /** The folder to make it in, made where it is missing. Default: the system's for temporary files. */
  readonly parent?: string;
}

/**
 * Runs work with a folder of its own, which is gone afterwards, however the work ended. What processes that were
 * killed have left of the same purpose is removed on the way: a folder's name says whose it is.
 *
 * @throws what the work throws, and what the system says where no folder can be made
 */
export async function withScratchDirectory<Result>(
  { purpose, parent = tmpdir() }: ScratchDirectoryOptions,
  work: (directory: string) => Promise<Result>,
): Promise<Result> {
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent, purpose);
  const directory = await mkdtemp(join(parent, `${await ownedName(purpose, process.pid)}-`));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Of this machine alone: of other machines' processes, which may share the folder, nothing can be said. */
async function removeAbandoned(parent: string, purpose: string): Promise<void> {
  const begin = beginOf(purpose);
  const names = (await readdir(parent)).filter((name) => name.startsWith(begin) && RANDOM_PART.test(name));
  for (const name of names) {
    const pid = Number(name.slice(begin.length).split('-')[0]);
    const isOwned = isAlive(pid) && name.replace(RANDOM_PART, '') === (await ownedName(purpose, pid));
    if (!isOwned) await removeIfAllowed(join(parent, name));
  }
}

/** Another user's, in a folder that many share, is that user's to remove. */
async function removeIfAllowed(directory: string): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  } catch (thrown) {
    const { code = '' } = thrown as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'EACCES') throw thrown;
  }
}

/** The same number is another process later: its start tells them apart. */
async function ownedName(purpose: string, pid: number): Promise<string> {
  const { startedAt } = await identityOf(pid);
  return `${beginOf(purpose)}${pid}-${shortHash(startedAt)}`;
}

function beginOf(purpose: string): string {
  return `bachata-${purpose}-${shortHash(hostname())}-`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
