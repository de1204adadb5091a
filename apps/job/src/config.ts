import { availableParallelism, tmpdir } from 'node:os';
import {
  MAX_RENDER_CONCURRENCY,
  MediaToolVariables,
  type PictureSize,
  parseRenderSize,
  RenderVariables,
} from '@bachata-buddy/media';
import { configError, loadConfig } from '@bachata-buddy/platform';
import {
  type ObjectStore,
  type StorageConfig,
  StorageVariables,
  storageProblemsOf,
} from '@bachata-buddy/storage';
import { type TelemetryConfig, TelemetryVariables } from '@bachata-buddy/telemetry';
import Type, { type Static } from 'typebox';
import { type KeptParts, openKeptParts } from './render/kept-parts.ts';
import { openStoredParts } from './render/stored-parts.ts';

const MediaVariables = {
  ...StorageVariables,
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
    description: 'least severity of what is logged',
  }),
  ...RenderVariables,
  ...MediaToolVariables,
};

/** Where the render command keeps encoded parts. */
export const KEPT_DIRECTORY = '.data/render-cache';

export const RENDER_VARIABLE_NAMES = Object.keys(MediaVariables);

/** Every environment variable that the job reads. */
export const JobVariables = Type.Object({
  ...MediaVariables,
  ...TelemetryVariables,
  TRACEPARENT: Type.Optional(
    Type.String({ description: 'set by the API: the span that this run is part of (W3C Trace Context)' }),
  ),
  TASK_ID: Type.Optional(Type.String({ description: 'the task to render' })),
  BLUEPRINT_JSON: Type.Optional(
    Type.String({ description: 'a whole blueprint to render, instead of the one in the database' }),
  ),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description:
        'PostgreSQL: `postgres://user:password@host:port/database`; absent: as the parts below say',
      secret: true,
    }),
  ),
  DB_HOST: Type.Optional(Type.String({ description: 'the server, or a folder with its socket' })),
  DB_PORT: Type.Integer({ default: 5432, minimum: 1, maximum: 65_535, description: "the server's port" }),
  DB_NAME: Type.Optional(Type.String({ description: 'the database' })),
  DB_USER: Type.Optional(Type.String({ description: 'its user' })),
  DB_PASSWORD: Type.Optional(Type.String({ description: "that user's password", secret: true })),
  CLOUD_SQL_CONNECTION_NAME: Type.Optional(
    Type.String({
      examples: ['project:region:instance'],
      description: 'on Cloud Run: the instance of Cloud SQL whose socket is used instead of `DB_HOST`',
    }),
  ),
  K_SERVICE: Type.Optional(Type.String({ description: 'set by Cloud Run for services' })),
  CLOUD_RUN_EXECUTION: Type.Optional(
    Type.String({ description: 'set by Cloud Run: which execution this is' }),
  ),
  JOB_STOP_ON_STDIN_END: Type.Enum(['0', '1'], {
    default: '0',
    description: '`1`, set by the API: the end of standard input asks the job to end, as SIGTERM does',
  }),
});

/** What both programs of this app need. */
export interface RenderConfig {
  readonly storage: StorageConfig;
  readonly tempDirectory: string;
  /** What is kept for other videos: in the folder that is configured, else in the bucket that media are in. */
  readonly openKept: (store: ObjectStore) => KeptParts | undefined;
  readonly concurrency: number;
  readonly size: PictureSize;
  readonly logLevel: string;
}

/** What a job is to render: a task's row says, or a document, which may stand for one. */
export type JobSource =
  | { readonly kind: 'row'; readonly taskId: string; readonly databaseUrl: string }
  | {
      readonly kind: 'document';
      readonly text: string;
      /** The task that the document has to belong to, where that is known. */
      readonly taskId: string | undefined;
      readonly databaseUrl: string | undefined;
    };

export interface JobConfig extends RenderConfig {
  readonly source: JobSource;
  /** The platform's execution that this process belongs to; undefined for a child process of the API. */
  readonly execution: string | undefined;
  readonly telemetry: TelemetryConfig;
  /** Of Google Cloud, for the names of traces in the log. */
  readonly projectId: string | undefined;
  /** Of the span that this run is part of; undefined where the API traces nothing. */
  readonly traceparent: string | undefined;
  /** The end of standard input asks the job to end. */
  readonly stopsOnStdinEnd: boolean;
}

/**
 * The job's configuration: what to render (TASK_ID, or a whole document in BLUEPRINT_JSON), where its row is and
 * where media are. The database is named by DATABASE_URL, or by DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD.
 *
 * @throws AppError `CONFIG_INVALID`
 */
export function readJobConfig(environment: NodeJS.ProcessEnv = process.env): JobConfig {
  const values = loadConfig(JobVariables, environment);
  const source = sourceOf(values);
  return {
    ...toRenderConfig(values),
    source,
    execution: values.CLOUD_RUN_EXECUTION,
    telemetry: values,
    projectId: values.GCP_PROJECT_ID,
    traceparent: values.TRACEPARENT,
    stopsOnStdinEnd: values.JOB_STOP_ON_STDIN_END === '1',
  };
}

/** @throws AppError `CONFIG_INVALID` */
function sourceOf(values: Static<typeof JobVariables>): JobSource {
  const { TASK_ID: taskId, BLUEPRINT_JSON: text } = values;
  const databaseUrl = values.DATABASE_URL ?? databaseUrlOfParts(values);
  if (text !== undefined) return { kind: 'document', text, taskId, databaseUrl };
  if (taskId !== undefined && databaseUrl !== undefined) return { kind: 'row', taskId, databaseUrl };
  const problems: string[] = [];
  if (taskId === undefined) problems.push('TASK_ID or BLUEPRINT_JSON is needed: what is there to render?');
  if (databaseUrl === undefined) {
    problems.push(
      'DATABASE_URL is missing (or DB_HOST, DB_NAME, DB_USER, DB_PASSWORD): TASK_ID names a row in it',
    );
  }
  throw configError(problems);
}

/**
 * The configuration of the render command, which has no database, and keeps what it encodes on this machine unless told.
 *
 * @throws AppError `CONFIG_INVALID`
 */
export function readRenderConfig(environment: NodeJS.ProcessEnv = process.env): RenderConfig {
  const variables = { RENDER_CACHE_DIR: KEPT_DIRECTORY, ...environment };
  return toRenderConfig(loadConfig(Type.Object(MediaVariables), variables));
}

type MediaValues = Pick<Static<typeof JobVariables>, keyof typeof MediaVariables>;

function toRenderConfig(values: MediaValues): RenderConfig {
  const problems = storageProblemsOf(values);
  if (problems.length > 0) throw configError(problems);
  return {
    storage: values,
    tempDirectory: values.JOB_TEMP_DIR ?? tmpdir(),
    openKept: (store) => openKept(values, store),
    concurrency: values.RENDER_CONCURRENCY ?? Math.min(MAX_RENDER_CONCURRENCY, availableParallelism()),
    size: parseRenderSize(values.RENDER_SIZE),
    logLevel: values.LOG_LEVEL,
  };
}

function openKept(values: MediaValues, store: ObjectStore): KeptParts | undefined {
  const { RENDER_CACHE_DIR: directory, RENDER_CACHE_MAX_MB: maxMegabytes } = values;
  if (directory !== undefined) return openKeptParts({ directory, maxBytes: maxMegabytes * 1_000_000 });
  return values.STORAGE === 'gcs' ? openStoredParts(store) : undefined;
}

/** With Cloud SQL on Cloud Run the server is a socket in a folder named after the connection. */
function databaseUrlOfParts(values: Static<typeof JobVariables>): string | undefined {
  const { DB_NAME, DB_USER, DB_PASSWORD, CLOUD_SQL_CONNECTION_NAME } = values;
  // K_SERVICE is a service's mark, the execution's name a job's.
  const isOnCloudRun = values.K_SERVICE !== undefined || values.CLOUD_RUN_EXECUTION !== undefined;
  const hasSocket = isOnCloudRun && CLOUD_SQL_CONNECTION_NAME !== undefined;
  const host = hasSocket ? `/cloudsql/${CLOUD_SQL_CONNECTION_NAME}` : values.DB_HOST;
  if (!host || !DB_NAME || !DB_USER || !DB_PASSWORD) return undefined;
  const login = `${encodeURIComponent(DB_USER)}:${encodeURIComponent(DB_PASSWORD)}`;
  const path = `/${encodeURIComponent(DB_NAME)}`;
  if (host.startsWith('/')) return `postgres://${login}@localhost${path}?host=${encodeURIComponent(host)}`;
  return `postgres://${login}@${host}:${values.DB_PORT}${path}`;
}
