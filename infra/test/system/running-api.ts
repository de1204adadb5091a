import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Database, migrateDatabase } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';
import type { Test } from 'tap';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const READY_TIMEOUT_MS = 60_000;

export interface RunningSystem {
  readonly db: Database;
  /** Of the first API. */
  readonly origin: string;
  /** Of every API on the database. */
  readonly origins: readonly string[];
  readonly mediaDirectory: string;
  /** The first API. */
  readonly api: () => ChildProcess;
  /** Starts the first API again, on the same port and database. */
  restart(): Promise<void>;
}

interface RunningApi {
  readonly origin: string;
  readonly port: number;
  process: ChildProcess;
}

type Environment = Readonly<Record<string, string>>;

export interface SystemOptions {
  readonly songDurationSec: number;
  /** API processes on the one database and folder. Default 1. */
  readonly apiCount?: number;
  /** Of the API; where something else is to be started first, made of what every program here is given. */
  readonly environment?: Environment | ((common: NodeJS.ProcessEnv) => Promise<Environment>);
  /** Folder of built apps to run, as images hold them; by default the sources run. */
  readonly builtDirectory?: string;
}

/** Starts one of the project's programs. */
type StartProgram = (
  app: 'api' | 'ingest',
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
) => ChildProcess;

/** A migrated database, a small catalogue brought in by the real ingest, and the real API as a process, or several. */
export async function startSystem(t: Test, options: SystemOptions): Promise<RunningSystem> {
  const directory = t.testdir({ media: {}, clips: { basic: {}, intro: {} }, songs: {}, tmp: {} });
  const { url, db } = await makeTestDatabase(t);
  await migrateDatabase(url);
  const common: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: url,
    LOCAL_STORAGE_PATH: join(directory, 'media'),
    TMPDIR: join(directory, 'tmp'),
    JWT_SECRET: 'system-test-secret-of-sufficient-length',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    GENERATE_RATE_LIMIT_PER_HOUR: '100',
  };
  const { environment: given = {} } = options;
  const environment = { ...common, ...(typeof given === 'function' ? await given(common) : given) };
  const start = programsOf(options.builtDirectory);
  await ingestCatalogue(start, directory, environment, options.songDurationSec);
  const apis: RunningApi[] = [];
  t.teardown(() => Promise.all(apis.map((api) => stop(api.process))));
  for (let started = 0; started < (options.apiCount ?? 1); started += 1) {
    apis.push(await startApi(start, await freePort(), environment));
  }
  const [first] = apis;
  if (first === undefined) throw new RangeError('apiCount is at least 1');
  return {
    db,
    origin: first.origin,
    origins: apis.map((api) => api.origin),
    mediaDirectory: join(directory, 'media'),
    api: () => first.process,
    async restart() {
      await stop(first.process);
      first.process = (await startApi(start, first.port, environment)).process;
    },
  };
}

/** Six clips of eight counts and one song, at one tempo. */
async function ingestCatalogue(
  start: StartProgram,
  directory: string,
  environment: NodeJS.ProcessEnv,
  songDurationSec: number,
) {
  const labels = ['intro', 'basic', 'basic', 'basic', 'basic', 'basic'];
  const clips = labels.map((label, index) => ({
    clip_id: `${label}_${index}`,
    video_path: `${label}/${label}_${index}.mp4`,
    move_label: label,
    energy_level: 'medium',
    difficulty: (['low', 'medium', 'high'] as const)[index % 3],
    estimated_tempo: 125,
  }));
  for (const clip of clips) {
    await makePulseClip(join(directory, 'clips', clip.video_path), { durationSec: 4.4, tempoBpm: 125 });
  }
  await writeFile(join(directory, 'clips/annotations.json'), JSON.stringify({ clips }));
  await mkdir(join(directory, 'songs'), { recursive: true });
  await makePulseSong(join(directory, 'songs/pulso.mp3'), {
    durationSec: songDurationSec,
    tempoBpm: 125,
    tags: { title: 'Pulso', artist: 'Los Pulsos', genre: 'Modern Bachata' },
  });
  const ingest = start(
    'ingest',
    [join(directory, 'clips'), '--songs', join(directory, 'songs')],
    environment,
  );
  const [exitCode] = await once(ingest, 'close');
  if (exitCode !== 0) throw new Error(`ingest ended with exit code ${exitCode}`);
}

function programsOf(builtDirectory: string | undefined): StartProgram {
  const name = { api: 'server', ingest: 'main' };
  return (app, args, env) => {
    const program =
      builtDirectory === undefined
        ? ['--import', 'tsx', join(ROOT, 'apps', app, 'src', `${name[app]}.ts`)]
        : [join(builtDirectory, app, `${name[app]}.js`)];
    return spawn(process.execPath, [...program, ...args], {
      cwd: builtDirectory ?? ROOT,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
}

async function startApi(
  start: StartProgram,
  port: number,
  environment: NodeJS.ProcessEnv,
): Promise<RunningApi> {
  const origin = `http://127.0.0.1:${port}`;
  const api = start('api', [], { ...environment, PORT: String(port) });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline && api.exitCode === null) {
    const isReady = await fetch(`${origin}/api/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return { origin, port, process: api };
    await sleep(100);
  }
  api.kill('SIGKILL');
  throw new Error('the API did not become ready');
}

async function stop(api: ChildProcess): Promise<void> {
  if (api.exitCode !== null || api.signalCode !== null) return;
  const closed = once(api, 'close');
  api.kill('SIGTERM');
  await closed;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Registers a user and returns the bearer header. */
export async function signIn(origin: string, username: string): Promise<{ authorization: string }> {
  const password = 'una-noche-muy-larga';
  const response = await fetch(`${origin}/api/auth/register/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password, password2: password }),
  });
  const { access } = (await response.json()) as { access: string };
  return { authorization: `Bearer ${access}` };
}

export interface TaskBody {
  readonly task_id: string;
  readonly status: string;
  readonly stage: string;
  readonly progress: number;
  readonly error?: string;
  readonly result?: { video_url: string; duration: number; num_moves: number; file_size: number };
}

export async function postGeneration(origin: string, headers: Record<string, string>): Promise<TaskBody> {
  const response = await fetch(`${origin}/api/choreography/generate-from-song`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ song_id: 1, difficulty: 'beginner' }),
  });
  if (response.status !== 202)
    throw new Error(`generate answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as TaskBody;
}

/** Polls until the task satisfies the condition; the runner's timeout bounds it. */
export async function taskUntil(
  origin: string,
  headers: Record<string, string>,
  taskId: string,
  isReached: (task: TaskBody) => boolean,
): Promise<TaskBody> {
  for (;;) {
    const response = await fetch(`${origin}/api/choreography/tasks/${taskId}/`, { headers });
    const task = (await response.json()) as TaskBody;
    if (isReached(task)) return task;
    await sleep(50);
  }
}

export const isEnded = ({ status }: TaskBody): boolean => status === 'completed' || status === 'failed';
