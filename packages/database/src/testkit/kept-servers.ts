import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isAlive, toError } from '@bachata-buddy/platform';
import { readPostmaster, serverFiles } from '../embedded/server-files.ts';

/** Where servers stay whose tests failed, below the project's folder. */
const KEPT_SERVERS_FOLDER = path.resolve('.data/failed-tests');
/** Begins the name of a copy that is not whole yet; its end is the process that makes it. */
const DRAFT = '.draft-';
/** A server's files take some 60 MB. */
const MOST_SERVERS = 3;

/**
 * Brings the files of a server that is stopped to where they stay, all of them or none.
 *
 * @returns the folder
 * @throws Error with one line that says why they cannot be there
 */
export async function keepServer(directory: string, folder = KEPT_SERVERS_FOLDER): Promise<string> {
  await mkdir(folder, { recursive: true });
  // Begins with the time, so that names are in order of age.
  const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${process.pid}`;
  const [draft, kept] = [path.join(folder, DRAFT + name), path.join(folder, name)];
  try {
    // With their owner, which may be another account; from memory to the disk, too.
    await promisify(execFile)('cp', ['-a', directory, draft]);
    await rename(draft, kept);
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true });
    // cp repeats itself for each file.
    const why = toError(thrown).message.split('\n', 2).join(': ');
    throw new Error(why, { cause: thrown });
  }
  await sweepServers(folder);
  return kept;
}

/** The newest server that was kept, or undefined. */
export async function findKeptServer(folder = KEPT_SERVERS_FOLDER): Promise<string | undefined> {
  const newest = (await namesIn(folder)).at(-1);
  return newest === undefined ? undefined : path.join(folder, newest);
}

/** Removes all but the newest few, and those that somebody has started to look into; drafts that nobody makes any more, too. */
export async function sweepServers(folder = KEPT_SERVERS_FOLDER): Promise<void> {
  for (const name of (await namesIn(folder)).slice(0, -MOST_SERVERS)) {
    const directory = path.join(folder, name);
    const isOpen = (await readPostmaster(serverFiles(directory).data)) !== null;
    if (!isOpen) await rm(directory, { recursive: true, force: true });
  }
  for (const name of (await readdir(folder)).filter(isDraft)) {
    const isInWork = isAlive(Number(name.split('-').at(-1)));
    if (!isInWork) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

function isDraft(name: string): boolean {
  return name.startsWith(DRAFT);
}

async function namesIn(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return (await readdir(folder)).filter((name) => !isDraft(name)).sort();
}
