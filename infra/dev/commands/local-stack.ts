import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateDatabase } from '@bachata-buddy/database';
import { startEmbeddedPostgres } from '@bachata-buddy/database/embedded';
import { studioBuilder } from '../../build/studio.ts';
import { infraError } from '../../errors.ts';
import { DATA_DIRECTORY, ROOT_DIRECTORY, STUDIO_DIRECTORY } from '../../paths.ts';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 12_000;
const RUN_PROGRAM = join(ROOT_DIRECTORY, 'infra/build/run-program.mjs');
/** Below what serves, above what only runs where nothing else does. */
const BACKGROUND_PRIORITY = 10;
const PORT_WAIT_MS = 15_000;
/** What is run is compiled: it is the sources that are watched, but those of the page, which nobody here runs. */
const WATCH = [
  'watch',
  ...['apps', 'packages'].flatMap((room) => ['--include', `${room}/*/src/**/*`]),
  ...['--exclude', 'apps/studio/**/*'],
];

export interface LocalStack {
  readonly baseUrl: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Runs one of the project's programs to its end, its output shown. Rejects where it fails. */
  run(script: string, args: readonly string[]): Promise<void>;
  /** Starts one of the project's programs, below the others, its output held back until it is asked for. */
  runInBackground(script: string, args: readonly string[]): BackgroundRun;
  /** Starts the API and waits until it answers. */
  startApi(options?: { isWatching?: boolean; logLevel?: string }): Promise<ChildProcess>;
  /** Builds the page that the API serves, below the others; `isWatching`: again on every change, until it is stopped. */
  buildStudio(options?: { isWatching?: boolean }): BackgroundRun;
  /** Whether it was told to stop: programs that end then did not fail. */
  isStopping(): boolean;
  /** Stops what was started here: the API with its jobs, then the database. */
  stop(): Promise<void>;
}

export interface BackgroundRun {
  /** Rejects where the program fails. */
  readonly ended: Promise<void>;
  /** Shows what it said and what it will say. */
  showOutput(): void;
}

export interface LocalStackOptions {
  readonly port: number;
  readonly say: (line: string) => void;
}

/**
 * Everything that the product needs on one machine, without an account: PostgreSQL (the embedded one, unless
 * `DATABASE_URL` names another), migrated; secrets made once and kept in `.data`; media in `.data/media`.
 */
export async function makeLocalStack({ port, say }: LocalStackOptions): Promise<LocalStack> {
  await untilPortFree(port, say);
  await mkdir(DATA_DIRECTORY, { recursive: true });
  // The API looks for it when it starts; the page is built meanwhile.
  await mkdir(join(STUDIO_DIRECTORY, 'assets'), { recursive: true });
  const given = process.env.DATABASE_URL;
  const embedded =
    given === undefined ? await startEmbeddedPostgres({ directory: DATA_DIRECTORY, onMessage: say }) : null;
  const databaseUrl = given ?? embedded?.url ?? '';
  const environment: NodeJS.ProcessEnv = {
    LOCAL_STORAGE_PATH: join(DATA_DIRECTORY, 'media'),
    RENDER_CACHE_DIR: join(DATA_DIRECTORY, 'render-cache'),
    // One developer's own machine: nobody else has to be protected from them.
    GENERATE_RATE_LIMIT_PER_HOUR: '1000',
    REGISTER_RATE_LIMIT_PER_HOUR: '1000',
    MAX_OPEN_TASKS_PER_USER: '1000',
    STUDIO_DIR: STUDIO_DIRECTORY,
    ...process.env,
    DATABASE_URL: databaseUrl,
    JWT_SECRET: process.env.JWT_SECRET ?? (await keptSecret('jwt-secret')),
    HOST: process.env.HOST ?? '127.0.0.1',
    PORT: String(port),
  };
  const children = new Set<ChildProcess>();
  const baseUrl = `http://localhost:${port}`;
  let isStopping = false;
  try {
    await migrateDatabase(databaseUrl);
  } catch (thrown) {
    await embedded?.stop();
    throw thrown;
  }
  return {
    baseUrl,
    environment,
    run: (script, args) => runToEnd(startProgram(script, args, environment, children), script),
    runInBackground(script, args) {
      const child = startProgram(script, args, environment, children, { output: 'pipe' });
      if (child.pid !== undefined) setPriority(child.pid, BACKGROUND_PRIORITY);
      return { showOutput: holdOutput(child), ended: runToEnd(child, script) };
    },
    async startApi({ isWatching = false, logLevel } = {}) {
      const env = { ...environment, LOG_LEVEL: logLevel ?? environment.LOG_LEVEL ?? 'info' };
      const api = startProgram('apps/api/src/server.ts', [], env, children, { isWatching });
      await untilReady(baseUrl, api);
      return api;
    },
    buildStudio({ isWatching = false } = {}) {
      const directory = environment.STUDIO_DIR ?? STUDIO_DIRECTORY;
      const args = [
        ...studioBuilder({ root: ROOT_DIRECTORY, directory }),
        ...(isWatching ? ['--watch'] : []),
      ];
      const child = startNode(args, children, { env: process.env, stdio: ['ignore', 'pipe', 'pipe'] });
      if (child.pid !== undefined) setPriority(child.pid, BACKGROUND_PRIORITY);
      return { showOutput: holdOutput(child), ended: runToEnd(child, 'The build of the page') };
    },
    isStopping: () => isStopping,
    async stop() {
      isStopping = true;
      await Promise.all([...children].map(stopChild));
      await embedded?.stop();
    },
  };
}

/** A secret of this machine, made on first use and readable by its owner alone. */
export async function keptSecret(name: string): Promise<string> {
  const path = join(DATA_DIRECTORY, name);
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept.length >= 24) return kept;
  const made = randomBytes(36).toString('base64url');
  await writeFile(path, made, { mode: 0o600 });
  await chmod(path, 0o600);
  return made;
}

interface StartOptions {
  readonly isWatching?: boolean;
  readonly output?: 'inherit' | 'pipe';
}

/** Starts one of the project's programs, out of reach of its starter's terminal: who starts it, ends it. */
export function startProgram(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  children: Set<ChildProcess>,
  { isWatching = false, output = 'inherit' }: StartOptions = {},
): ChildProcess {
  const watcher = isWatching ? [join(ROOT_DIRECTORY, 'node_modules/tsx/dist/cli.mjs'), ...WATCH] : [];
  return startNode([...watcher, RUN_PROGRAM, script, ...args], children, {
    env: isWatching ? env : { ...env, ENDS_WITH_INPUT: '1' },
    // Ctrl-C is for who started it, and asks it to end: a program that hears both takes the second for impatience.
    detached: !isWatching,
    // Its input says nothing but that this process is there.
    stdio: [isWatching ? 'ignore' : 'pipe', output, output],
  });
}

function startNode(
  args: readonly string[],
  children: Set<ChildProcess>,
  options: Pick<SpawnOptions, 'env' | 'stdio' | 'detached'>,
): ChildProcess {
  const child = spawn(process.execPath, args, { cwd: ROOT_DIRECTORY, ...options });
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

/** @returns what shows all that the child said so far, and from then on what it says */
function holdOutput(child: ChildProcess): () => void {
  const held: Buffer[] = [];
  let isShown = false;
  const take = (chunk: Buffer): void => {
    if (isShown) process.stdout.write(chunk);
    else held.push(chunk);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  return () => {
    isShown = true;
    for (const chunk of held.splice(0)) process.stdout.write(chunk);
  };
}

async function runToEnd(child: ChildProcess, script: string): Promise<void> {
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) {
    throw infraError(
      'COMMAND_FAILED',
      `${script} ended with exit code ${exitCode}; its last lines above say why.`,
    );
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const deadline = new AbortController();
  await Promise.race([
    closed,
    sleep(STOP_TIMEOUT_MS, undefined, { signal: deadline.signal }).catch(() => {}),
  ]);
  deadline.abort();
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

async function untilReady(baseUrl: string, api: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (api.exitCode !== null) {
      throw infraError('API_UNREADY', 'The API ended before it was ready; its last lines above say why.');
    }
    const isReady = await fetch(`${baseUrl}/api/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(100);
  }
  throw infraError('API_UNREADY', `The API was not ready after ${READY_TIMEOUT_MS / 1000} s.`);
}

/** What an earlier run started ends after it, where that was killed: a port may be free a little later. */
async function untilPortFree(port: number, say: (line: string) => void): Promise<void> {
  const deadline = Date.now() + PORT_WAIT_MS;
  for (let isTold = false; ; isTold = true) {
    try {
      return await assertPortFree(port);
    } catch (thrown) {
      if (Date.now() > deadline) throw thrown;
      if (!isTold) say(`Port ${port} is in use: waiting whether that ends …`);
      await sleep(200);
    }
  }
}

async function assertPortFree(port: number): Promise<void> {
  const probe = createServer();
  const outcome = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    probe.once('error', resolve);
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(null));
  });
  probe.close();
  if (outcome === null) return;
  const reason = outcome.code === 'EADDRINUSE' ? 'is in use' : 'cannot be used';
  throw infraError(
    'PORT_UNAVAILABLE',
    `Port ${port} ${reason}. Stop what listens there, or choose another: --port ${port + 1}`,
    { cause: outcome },
  );
}
