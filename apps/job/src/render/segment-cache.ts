import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const ENDING = '.mp4';
const PART_ENDING = '.part';
/** A half-written file that nobody has touched for this long belongs to a process that was killed. */
const ABANDONED_AFTER_MS = 60 * 60_000;

export interface SegmentCacheOptions {
  /** Made where it does not exist; several processes may share it. */
  readonly directory: string;
  readonly maxBytes: number;
}

/** Rendered segments by the content of all that they are made from. */
export interface SegmentCache {
  /** Puts the segment at `path`, in no time where both lie on one disk. False where it is not kept. */
  readonly take: (key: string, path: string) => Promise<boolean>;
  /** Keeps the segment that lies at `path`; the file stays there. */
  readonly keep: (key: string, path: string) => Promise<void>;
  /** Removes the segments that were not used for longest, until the rest fits. */
  readonly trim: () => Promise<void>;
}

/**
 * A folder of rendered segments. Choreographies to one song share moves, and one that was edited differs from what
 * it was in a move or two: what is there already need not be encoded again.
 *
 * A segment appears under its name only when it is complete. A file that is taken is a second name (hard link) of
 * the kept one, so that trimming pulls nothing away from a render.
 */
export function openSegmentCache({ directory, maxBytes }: SegmentCacheOptions): SegmentCache {
  const fileOf = (key: string): string => join(directory, `${key}${ENDING}`);
  return {
    async take(key, path) {
      const kept = fileOf(key);
      try {
        // An empty one is what a power cut left of it.
        if ((await stat(kept)).size === 0) return false;
        await linkOrCopy(kept, path);
        const now = new Date();
        // By its own name: the kept one may be trimmed away by now.
        await utimes(path, now, now);
        return true;
      } catch (thrown) {
        if (isCode(thrown, 'ENOENT')) return false;
        throw thrown;
      }
    },
    async keep(key, path) {
      await mkdir(directory, { recursive: true });
      const part = join(directory, `${randomUUID()}${PART_ENDING}`);
      try {
        await linkOrCopy(path, part);
        // The name must not outlive the content in a power cut.
        const file = await open(part, 'r');
        await file.sync().finally(() => file.close());
        await rename(part, fileOf(key));
      } finally {
        await rm(part, { force: true });
      }
    },
    trim: () => trimFolder(directory, maxBytes),
  };
}

/** Name of a segment: SHA-256, hexadecimal, of what determines its bytes. */
export function segmentKey(ingredients: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(ingredients)).digest('hex');
}

/** SHA-256 of a file's content, hexadecimal. */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
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
