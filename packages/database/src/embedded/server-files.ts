import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where everything of one embedded server lies. */
export interface ServerFiles {
  /** PostgreSQL's own. */
  readonly data: string;
  /** Password and port; readable by the owner alone. */
  readonly settings: string;
  /** The log of the last start. */
  readonly log: string;
  readonly lock: string;
  readonly leases: string;
}

export function serverFiles(directory: string): ServerFiles {
  const inside = (name: string) => path.join(directory, name);
  return {
    data: inside('postgres'),
    settings: inside('postgres.json'),
    log: inside('postgres.log'),
    lock: inside('postgres.lock'),
    leases: inside('postgres.users'),
  };
}

export interface ServerSettings {
  readonly password: string;
  /** The port of the last start, asked for again at the next. */
  readonly port: number;
}

/** The settings, or null where there are none yet. */
export async function readSettings(file: string): Promise<ServerSettings | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ServerSettings;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

/** In one step: a reader sees the old settings or the new ones. */
export async function writeSettings(file: string, settings: ServerSettings): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, `${JSON.stringify(settings)}\n`, { mode: 0o600 });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Makes the folder and shows that files can be written there. */
export async function prepareDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const probe = path.join(directory, `.probe-${randomUUID()}`);
  await (await open(probe, 'wx')).close();
  await rm(probe);
}

/** What PostgreSQL notes of a running server, the file's lines 1 and 4. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

export function postmasterFile(data: string): string {
  return path.join(data, 'postmaster.pid');
}

/** The server that runs, or ran when the machine went down, or null. */
export async function readPostmaster(data: string): Promise<Postmaster | null> {
  try {
    const [pid, , , port] = (await readFile(postmasterFile(data), 'utf8')).split('\n');
    return { pid: Number(pid), port: Number(port) };
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
