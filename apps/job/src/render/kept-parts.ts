import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { elementAt, hashFile } from '@bachata-buddy/platform';

const ENDING = '.mp4';
const PART_ENDING = '.part';
/** A half-written file that nobody has touched for this long belongs to a process that was killed. */
const ABANDONED_AFTER_MS = 60 * 60_000;

export interface KeptPartsOptions {
  /** Made where it does not exist; several processes may share it. */
  readonly directory: string;
  readonly maxBytes: number;
}

/** Encoded parts of videos by the content of all that they are made from. */
export interface KeptParts {
  /** Puts the part at `path`, in no time where both lie on one disk. False where it is not kept. */
  readonly take: (key: string, path: string) => Promise<boolean>;
  /** Keeps the part that lies at `path`; the file stays there. */
  readonly keep: (key: string, path: string) => Promise<void>;
  /** Removes the parts that were not used for longest, until the rest fits. */
  readonly trim: () => Promise<void>;
}

/**
 * A folder of encoded parts. Choreographies to one song share moves, and one that was edited differs from what
 * it was in a move or two: what is there already need not be encoded again.
 *
 * A part appears under its name only when it is complete, and its name holds a hash of its content: what a disk has
 * damaged is removed and made anew. A file that is taken is a second name (hard link) of the kept one, so that trimming
 * pulls nothing away from a render.
 */
export function openKeptParts({ directory, maxBytes }: KeptPartsOptions): KeptParts {
  let names: Promise<Map<string, string>> | undefined;
  const nameOf = async (key: string): Promise<string | undefined> => {
    names ??= namesByKey(directory);
    return (await names).get(key);
  };
  return {
    async take(key, path) {
      const name = await nameOf(key);
      return name !== undefined && takeFile(join(directory, name), path, digestIn(name));
    },
    async keep(key, path) {
      await mkdir(directory, { recursive: true });
      const name = `${key}.${await hashFile(path)}${ENDING}`;
      const part = join(directory, `${randomUUID()}${PART_ENDING}`);
      try {
        await linkOrCopy(path, part);
        // The name must not outlive the content in a power cut.
        const file = await open(part, 'r');
        await file.sync().finally(() => file.close());
        await rename(part, join(directory, name));
        (await names)?.set(key, name);
      } finally {
        await rm(part, { force: true });
      }
    },
    trim: () => trimFolder(directory, maxBytes),
  };
}

/** What is kept, as `<key>.<SHA-256 of the content>.mp4`. */
async function namesByKey(directory: string): Promise<Map<string, string>> {
  const names = (await namesIn(directory)).filter((name) => name.endsWith(ENDING));
  return new Map(names.map((name) => [elementAt(name.split('.'), 0), name]));
}

function digestIn(name: string): string {
  return elementAt(name.split('.'), 1);
}

async function takeFile(kept: string, path: string, digest: string): Promise<boolean> {
  try {
    await linkOrCopy(kept, path);
    const now = new Date();
    // By its own name: the kept one may be trimmed away by now.
    await utimes(path, now, now);
    if ((await hashFile(path)) === digest) return true;
    await rm(path);
    await rm(kept, { force: true });
    return false;
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return false;
    throw thrown;
  }
}

/** Name of a part: SHA-256, hexadecimal, of what determines its bytes. */
export function partKey(ingredients: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(ingredients)).digest('hex');
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) throw thrown;
    // Another disk, or a file system without links.
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

async function trimFolder(directory: string, maxBytes: number): Promise<void> {
  const files = [];
  for (const name of await namesIn(directory)) {
    const path = join(directory, name);
    const facts = await stat(path).catch((thrown: unknown) => {
      // Another process trims too.
      if (isCode(thrown, 'ENOENT')) return undefined;
      throw thrown;
    });
    if (facts === undefined) continue;
    if (name.endsWith(ENDING)) files.push({ path, sizeBytes: facts.size, usedAtMs: facts.mtimeMs });
    else if (Date.now() - facts.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
  files.sort((a, b) => b.usedAtMs - a.usedAtMs);
  let totalBytes = 0;
  for (const { path, sizeBytes } of files) {
    totalBytes += sizeBytes;
    if (totalBytes > maxBytes) await rm(path, { force: true });
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith(ENDING) || name.endsWith(PART_ENDING));
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return [];
    throw thrown;
  }
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
