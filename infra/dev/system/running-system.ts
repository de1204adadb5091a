import type { ChildProcess } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { type ApiProcess, makeApiProcess } from './api-process.ts';
import { builtApps } from './built-apps.ts';
import { commonEnvironment } from './common-environment.ts';
import { ingestCatalogue } from './ingest-catalogue.ts';
import { type ProgramName, type ProgramRun, programsOf, runToEnd, type StartProgram } from './programs.ts';
import { stockedCatalogue } from './stocked-catalogue.ts';
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
  /** Whether it is brought in once for all systems of this process that ask for the same, media being in a folder. Default false. */
  readonly isCatalogueShared?: boolean;
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

/** A migrated database, a small catalogue brought in by the real ingest, and the real API as a process, or several. */
export async function startSystem(context: TeardownContext, options: SystemOptions): Promise<RunningSystem> {
  const directory = await makeDirectory(context);
  for (const name of ['media', 'tmp']) await mkdir(join(directory, name));
  const { programs, builtDirectory } = options;
  const start = programs ?? programsOf(builtDirectory ?? (await builtApps('api', 'job', 'ingest')));
  const { db, environment } = await stockSystem(context, { ...options, start, directory });
  const { apiCount = 1 } = options;
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

interface StockSystemOptions extends SystemOptions {
  readonly start: StartProgram;
  /** Of the system; gets its media. */
  readonly directory: string;
}

/** The system's database and media, with its catalogue, and what its programs are given. */
async function stockSystem(context: TeardownContext, options: StockSystemOptions) {
  const { start, directory, environment: given = {}, ingestEnvironment = {} } = options;
  const { catalogue, songDurationSec, areFilmsOwn, isCatalogueShared = false } = options;
  const library = {
    start,
    ...(areFilmsOwn === undefined ? {} : { areFilmsOwn }),
    ...(catalogue === undefined ? {} : { catalogue }),
    ...(songDurationSec === undefined ? {} : { songDurationSec }),
  };
  const pictureSize = typeof given === 'function' ? undefined : given.RENDER_SIZE;
  const stock = isCatalogueShared ? await stockedCatalogue({ ...library, pictureSize }) : undefined;
  const copied = stock === undefined ? {} : { copyOf: stock.databaseUrl };
  const { url, db } = await makeTestDatabase(context, copied);
  const common = commonEnvironment(url, directory);
  const environment = { ...common, ...(typeof given === 'function' ? await given(common) : given) };
  if (stock !== undefined)
    await cp(stock.mediaDirectory, environment.LOCAL_STORAGE_PATH ?? '', { recursive: true });
  else
    await ingestCatalogue({ ...library, directory, environment: { ...environment, ...ingestEnvironment } });
  return { db, environment };
}
