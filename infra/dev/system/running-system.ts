import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { type ApiProcess, makeApiProcess } from './api-process.ts';
import { builtApps } from './built-apps.ts';
import { ingestCatalogue } from './ingest-catalogue.ts';
import { type ProgramName, type ProgramRun, programsOf, runToEnd, type StartProgram } from './programs.ts';
import { makeDirectory, type TeardownContext } from './teardown.ts';

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
  /** Runs a program of the project on the same database and folder. */
  run(name: ProgramName, ...args: readonly string[]): Promise<ProgramRun>;
}

type Environment = Readonly<Record<string, string>>;

export interface SystemOptions {
  /** Of the small catalogue's song. */
  readonly songDurationSec?: number;
  /** Of the small catalogue: whether each clip is a film of its own. Default: one for all. */
  readonly areFilmsOwn?: boolean;
  /** `demo`: what the first choreography of the demo shows, which takes half a minute to draw. Default `small`. */
  readonly catalogue?: 'small' | 'demo';
  /** API processes on the one database and folder. Default 1. */
  readonly apiCount?: number;
  /** Of the API; where something else is to be started first, made of what every program here is given. */
  readonly environment?: Environment | ((common: NodeJS.ProcessEnv) => Promise<Environment>);
  /** Of ingest, where it runs as somebody else. */
  readonly ingestEnvironment?: Environment;
  /** Folder of the built apps to run. Default: built for all tests together, with the packages of the workspace. */
  readonly builtDirectory?: string;
  /** What starts the apps, where it is not those of a folder. */
  readonly programs?: StartProgram;
}

/** What every program is given, media being in a folder. */
export function commonEnvironment(databaseUrl: string, directory: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    LOCAL_STORAGE_PATH: join(directory, 'media'),
    TMPDIR: join(directory, 'tmp'),
    JWT_SECRET: 'system-test-secret-of-sufficient-length',
    LOG_LEVEL: 'error',
    GENERATE_RATE_LIMIT_PER_HOUR: '10000',
    REGISTER_RATE_LIMIT_PER_HOUR: '10000',
    MAX_OPEN_TASKS_PER_USER: '10000',
  };
}

/** A migrated database, a small catalogue brought in by the real ingest, and the real API as a process, or several. */
export async function startSystem(context: TeardownContext, options: SystemOptions): Promise<RunningSystem> {
  const directory = await makeDirectory(context);
  for (const name of ['media', 'tmp']) await mkdir(join(directory, name));
  const { url, db } = await makeTestDatabase(context);
  const common = commonEnvironment(url, directory);
  const { environment: given = {}, ingestEnvironment = {}, apiCount = 1 } = options;
  const environment = { ...common, ...(typeof given === 'function' ? await given(common) : given) };
  const { programs, builtDirectory, catalogue, songDurationSec, areFilmsOwn = false } = options;
  const start = programs ?? programsOf(builtDirectory ?? (await builtApps('api', 'job', 'ingest')));
  await ingestCatalogue({
    start,
    directory,
    areFilmsOwn,
    environment: { ...environment, ...ingestEnvironment },
    ...(catalogue === undefined ? {} : { catalogue }),
    ...(songDurationSec === undefined ? {} : { songDurationSec }),
  });
  const startApi = async (): Promise<ApiProcess> => {
    const api = await makeApiProcess({ start, environment });
    context.teardown(() => api.stop());
    await api.start();
    return api;
  };
  const api = await startApi();
  const others: ApiProcess[] = [];
  while (others.length + 1 < apiCount) others.push(await startApi());
  return {
    db,
    origin: api.origin,
    origins: [api, ...others].map(({ origin }) => origin),
    mediaDirectory: join(directory, 'media'),
    api: () => api.child(),
    async restart() {
      await api.stop();
      await api.start();
    },
    run: (name, ...args) => runToEnd(start(name, { args, environment, stdout: 'pipe' })),
  };
}
