import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { identityOf, isStillRunning, parseIdentity } from '@bachata-buddy/platform';

/*
 * Who uses the server: one file for each, naming the process. A process that died without giving its lease back
 * does not count. Only touched under the lock.
 */

/** Notes this process as a user; returns the lease's file. */
export async function takeLease(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${process.pid}-${randomUUID()}`);
  await writeFile(file, JSON.stringify(await identityOf()));
  return file;
}

/** How many living processes use the server; forgets the dead. */
export async function countLeases(folder: string): Promise<number> {
  let count = 0;
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const user = parseIdentity(await readFile(file, 'utf8'));
    if (user !== null && (await isStillRunning(user))) count += 1;
    else await rm(file, { force: true });
  }
  return count;
}
