import type { Database, User } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import type { AnalyseSound } from '@bachata-buddy/music';
import { makeLogger } from '@bachata-buddy/platform';
import { makeLocalStore, type ObjectStore } from '@bachata-buddy/storage';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type AppOptions, buildApp, type ServerOptions } from '../src/app.ts';
import { signAccessToken } from '../src/auth/tokens.ts';
import type { Planner, PlannerOptions } from '../src/generate/planner.ts';
import type { JobLauncher } from '../src/launch/job-launcher.ts';
import { localPlayback } from '../src/playback.ts';
import { makeSignedMedia } from '../src/signed-media.ts';

import { sharedCompilers } from './shared-compilers.ts';
import type { Tap } from './tap.ts';

export const TEST_SECRET = 'a secret for tests alone, of enough characters';

export const TEST_CONFIG: AppOptions['config'] = {
  JWT_SECRET: TEST_SECRET,
  AUTH_ROTATE_REFRESH: false,
  REGISTRATION_OPEN: true,
  REGISTER_RATE_LIMIT_PER_HOUR: 10_000,
  SHUTDOWN_DRAIN_MS: 5_000,
  GENERATE_RATE_LIMIT_PER_HOUR: 10,
  PARSE_RATE_LIMIT_PER_HOUR: 60,
  PREVIEW_RATE_LIMIT_PER_HOUR: 600,
  API_DOCS: 'all',
  MAX_OPEN_TASKS: 1_000,
  MAX_OPEN_TASKS_PER_USER: 20,
  QUEUE_MAX_WAIT_SEC: 3_600,
  TASKS_KEPT_DAYS: 0,
  UPLOADS_AT_ONCE_MAX_MB: 1_024,
  UPLOAD_QUOTA_MB: 2_000,
  UPLOAD_MAX_MB: 200,
  UPLOAD_RATE_LIMIT_PER_HOUR: 20,
  TASK_EVENTS_HEARTBEAT_MS: 15_000,
  TASK_EVENTS_POLL_MS: 2_000,
  TASK_EVENTS_MAX_AGE_SEC: 3_300,
  TASK_EVENTS_MAX_STREAMS: 500,
  TASK_EVENTS_MAX_STREAMS_PER_USER: 10,
  CORS_ALLOWED_ORIGINS: 'http://localhost:5173,http://localhost:3000',
};

export const testSignedMedia = makeSignedMedia({
  secrets: [TEST_SECRET],
  lifetimeSec: 3_600,
  mediaUrlOf: localPlayback().mediaUrlOf,
});

/** For tests that plan nothing. */
export const noPlanner: Planner = {
  understand: () => Promise.reject(new Error('not part of this test')),
  chooseSong: () => Promise.reject(new Error('not part of this test')),
  compose: () => Promise.reject(new Error('not part of this test')),
  revise: () => Promise.reject(new Error('not part of this test')),
  findAlternatives: () => Promise.reject(new Error('not part of this test')),
  close: async () => {},
};

/** For tests that listen to nothing: what they know of songs is in the database. */
export const hearsNothing: AnalyseSound = () => Promise.reject(new Error('nothing is heard in this test'));

/** A launcher without room: orders stay in the queue. */
export const idleLauncher: JobLauncher = {
  capacity: 0,
  assertReady: async () => {},
  launch: () => Promise.reject(new Error('nothing is launched in this test')),
};

export interface TestApp {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly store: ObjectStore;
  readonly storageDirectory: string;
}

export interface TestAppOptions extends Partial<Omit<ServerOptions, 'config' | 'database' | 'store'>> {
  readonly config?: Partial<AppOptions['config']>;
  /** Of what the app works with, for tests that plan for real. */
  readonly makePlanner?: (opened: Pick<PlannerOptions, 'database' | 'store' | 'analyseSound'>) => Planner;
}

/** The app as it is in production, on a database and a storage folder of its own. */
export async function makeTestApp(t: Tap, options: TestAppOptions = {}): Promise<TestApp> {
  const { url: databaseUrl, db: database } = await makeTestDatabase(t);
  const storageDirectory = t.testdir({ output: {} });
  const store = makeLocalStore({ rootDirectory: storageDirectory });
  const { config, makePlanner, analyseSound = hearsNothing, ...rest } = options;
  const planner = makePlanner?.({ database, store, analyseSound }) ?? noPlanner;
  const app = await buildApp({
    config: { ...TEST_CONFIG, ...config },
    database,
    store,
    playback: localPlayback(),
    signedMedia: testSignedMedia,
    planner,
    analyseSound,
    launcher: idleLauncher,
    pollMs: 20,
    // Many tests share the machine's cores: a loop that is late says nothing about the app.
    maxEventLoopDelayMs: 0,
    log: makeLogger({ name: 'api-test', level: 'fatal' }),
    schemaController: { compilersFactory: sharedCompilers },
    ...rest,
  });
  t.teardown(async () => {
    await app.close();
    await planner.close();
  });
  return { app, database, databaseUrl, store, storageDirectory };
}

/** Sends requests as one user. */
export function actAs(app: FastifyInstance, user: User) {
  const authorization = `Bearer ${signAccessToken(app, user.id)}`;
  return (options: InjectOptions) =>
    app.inject({ ...options, headers: { authorization, ...options.headers } });
}
