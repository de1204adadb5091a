import { execFile } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { readPostmaster, serverFiles } from '../embedded/server-files.ts';

/** Where servers stay whose tests failed, below the project's folder. */
const KEPT_SERVERS_FOLDER = path.resolve('.data/failed-tests');
/** A server's files take some 60 MB. */
const MOST_SERVERS = 3;

/**
 * Brings the files of a server that is stopped to where they stay.
 *
 * @returns the folder
 */
export async function keepServer(directory: string, folder = KEPT_SERVERS_FOLDER): Promise<string> {
  await mkdir(folder, { recursive: true });
  // Begins with the time, so that names are in order of age.
  const kept = path.join(folder, `${new Date().toISOString().replace(/[:.]/g, '-')}-${process.pid}`);
  // With their owner, which may be another account; from memory to the disk, too.
  await promisify(execFile)('cp', ['-a', directory, kept]);
  await sweepServers(folder);
  return kept;
}

/** The newest server that was kept, or undefined. */
export async function findKeptServer(folder = KEPT_SERVERS_FOLDER): Promise<string | undefined> {
  const newest = (await namesIn(folder)).at(-1);
  return newest === undefined ? undefined : path.join(folder, newest);
}

/** Removes all but the newest few, and those that somebody has started to look into. */
export async function sweepServers(folder = KEPT_SERVERS_FOLDER): Promise<void> {
  for (const name of (await namesIn(folder)).slice(0, -MOST_SERVERS)) {
    const directory = path.join(folder, name);
    const isOpen = (await readPostmaster(serverFiles(directory).data)) !== null;
    if (!isOpen) await rm(directory, { recursive: true, force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return (await readdir(folder)).sort();
}
