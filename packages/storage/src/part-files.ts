import { randomUUID } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const NAME = /^\.[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.part$/;
/** A half-written file that nobody has touched for this long belongs to a process that was killed. */
const ABANDONED_AFTER_MS = 60 * 60_000;

/** A name, of nobody else's, for a file that is written beside the one that it will be. */
export function partPathBeside(target: string): string {
  return join(dirname(target), `.${randomUUID()}.part`);
}

/** Removes what killed writers have left half-written in a folder. @throws what the system says */
export async function removeAbandonedParts(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!NAME.test(name)) continue;
    const path = join(directory, name);
    if (await isAbandoned(path)) await rm(path, { force: true });
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    // The time of its status, not of its content: what is taken over may have been made long before it got this name.
    return Date.now() - (await lstat(path)).ctimeMs > ABANDONED_AFTER_MS;
  } catch (thrown) {
    // Its writer has ended, or another process removes too.
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw thrown;
  }
}
