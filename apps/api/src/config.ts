import { resolve } from 'node:path';
import { MediaToolVariables, parseRenderSize, RenderVariables } from '@bachata-buddy/media';
import { loadConfig } from '@bachata-buddy/platform';
import { StorageVariables } from '@bachata-buddy/storage';
import { TelemetryVariables } from '@bachata-buddy/telemetry';
import { type Static, Type } from 'typebox';
import { assertStrongSecret } from './auth/secret-strength.ts';
import { LauncherVariables } from './launch/launcher-config.ts';
import type { MediaOriginConfig } from './studio/media-origins.ts';

const DEFAULT_ORIGINS = 'http://localhost:5173,http://localhost:3000';

/** Every environment variable this service reads. */
export const ConfigSchema = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'address to listen on; `0.0.0.0` in a container' }),
  PORT: Type.Integer({
    default: 8000,
    minimum: 0,
    maximum: 65_535,
    description: 'port to listen on; 0 picks one',
  }),
  DATABASE_URL: Type.String({
    pattern: '^postgres(ql)?://',
    description: 'PostgreSQL: `postgres://user:password@host:port/database`',
    secret: true,
  }),
  JWT_SECRET: Type.String({
    minLength: 32,
    description: 'signs tokens; at least 32 characters, from `openssl rand -base64 36`, say',
    secret: true,
  }),
  JWT_SECRET_PREVIOUS: Type.Optional(
    Type.String({
      minLength: 32,
      description: 'the secret before that one: its tokens are accepted until they expire',
      secret: true,
    }),
  ),
  AUTH_ROTATE_REFRESH: Type.Boolean({
    default: false,
    description: 'whether each refresh gives a new refresh token and ends the old one',
  }),
  REGISTRATION_OPEN: Type.Boolean({
    default: true,
    description: 'whether anybody may register; accounts that exist are not touched',
  }),
  PASSWORD_RESET_URL: Type.String({
    default: 'http://localhost:8000/reset-password',
    pattern: '^https?://[^#]+$',
    description:
      'page that sets a new password, by default that of this service; `pnpm admin reset-password` links to it',
  }),
  REGISTER_RATE_LIMIT_PER_HOUR: Type.Integer({
    default: 20,
    minimum: 1,
    maximum: 10_000,
    description: 'registrations, refused ones included, that may come from one network in any hour',
  }),
  SHUTDOWN_DRAIN_MS: Type.Integer({
    default: 5_000,
    minimum: 100,
    maximum: 600_000,
    description: 'after SIGTERM, how long requests under way have before they are cut, in milliseconds',
  }),
  GENERATE_RATE_LIMIT_PER_HOUR: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 10_000,
    description: 'generations that one user may ask for in any hour',
  }),
  PARSE_RATE_LIMIT_PER_HOUR: Type.Integer({
    default: 60,
    minimum: 1,
    maximum: 10_000,
    description: 'sentences that one user may have understood, without a choreography, in any hour',
  }),
  PREVIEW_RATE_LIMIT_PER_HOUR: Type.Integer({
    default: 600,
    minimum: 1,
    maximum: 100_000,
    description: 'previews of revisions and alternatives to moves that one user may ask for in any hour',
  }),
  MAX_OPEN_TASKS: Type.Integer({
    default: 1_000,
    minimum: 1,
    maximum: 100_000,
    description: 'choreographies that may be under way at once, of all users; then nobody may ask for more',
  }),
  MAX_OPEN_TASKS_PER_USER: Type.Integer({
    default: 20,
    minimum: 1,
    maximum: 100_000,
    description: 'the same of one user',
  }),
  TASKS_KEPT_DAYS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 36_500,
    description:
      'days after its end at which a task and its blueprint are removed, unless a collection has it; 0: never',
  }),
  UPLOAD_MAX_MB: Type.Integer({
    default: 200,
    minimum: 1,
    maximum: 4_096,
    description: 'largest video that may be uploaded, in megabytes; Cloud Run itself stops at 32 over HTTP/1',
  }),
  UPLOAD_QUOTA_MB: Type.Integer({
    default: 2_000,
    minimum: 1,
    maximum: 1_048_576,
    description:
      "what one user's own videos may take in all, in megabytes; deleted ones count for some hours more",
  }),
  UPLOADS_AT_ONCE_MAX_MB: Type.Integer({
    default: 1_024,
    minimum: 1,
    maximum: 1_048_576,
    description:
      'what this process receives of videos at once, in megabytes: they lie in `TMPDIR` until they are checked',
  }),
  UPLOAD_RATE_LIMIT_PER_HOUR: Type.Integer({
    default: 20,
    minimum: 1,
    maximum: 10_000,
    description: 'videos that one user may upload in any hour',
  }),
  TASK_EVENTS_HEARTBEAT_MS: Type.Integer({
    default: 15_000,
    minimum: 10,
    maximum: 60_000,
    description: 'from one heartbeat on a stream of task events to the next, in milliseconds',
  }),
  TASK_EVENTS_POLL_MS: Type.Integer({
    default: 2_000,
    minimum: 10,
    maximum: 60_000,
    description: 'how often watched tasks are looked at should no notification come, in milliseconds',
  }),
  TASK_EVENTS_MAX_AGE_SEC: Type.Integer({
    default: 3_300,
    minimum: 1,
    maximum: 86_400,
    description: 'a stream of task events ends after so many seconds; its client resumes with a fresh token',
  }),
  TASK_EVENTS_MAX_STREAMS: Type.Integer({
    default: 500,
    minimum: 1,
    maximum: 100_000,
    description: 'streams of task events that this process keeps open at once',
  }),
  TASK_EVENTS_MAX_STREAMS_PER_USER: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 1_000,
    description: 'streams of task events that one user may keep open on this process',
  }),
  ...StorageVariables,
  CDN_BASE_URL: Type.Optional(
    Type.String({
      pattern: '^https?://',
      examples: ['https://cdn.example.com'],
      description: 'with `STORAGE=gcs`, required unless `GCS_SIGNED_URLS`: where a CDN serves the bucket',
    }),
  ),
  CDN_SIGNING_KEY_NAME: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_-]{1,63}$',
      description: "name of the CDN's signing key; absent: its addresses are not signed",
    }),
  ),
  CDN_SIGNING_KEY: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_-]{22}(==)?$',
      description: 'that key: 128 bits in base64 for URLs',
      secret: true,
    }),
  ),
  GCS_SIGNED_URLS: Type.Boolean({
    default: false,
    description:
      'with `STORAGE=gcs` and no signing key of a CDN: whether videos get V4 signed addresses of the bucket',
  }),
  SIGNED_URL_TTL_SEC: Type.Integer({
    default: 21_600,
    minimum: 60,
    maximum: 604_800,
    description: 'how long a signed address works, in seconds',
  }),
  CORS_ALLOWED_ORIGINS: Type.String({
    default: DEFAULT_ORIGINS,
    description: 'origins of web pages that may call the API, separated by commas',
  }),
  STUDIO_DIR: Type.Optional(
    Type.String({
      examples: ['dist/api/studio'],
      description:
        'folder of the built page (`pnpm build` makes it), served at `/`; absent: no page is served',
    }),
  ),
  ...LauncherVariables,
  JOB_CONCURRENCY: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 32,
    description: 'with `JOB_LAUNCHER=local`: rendering jobs that this process runs at once',
  }),
  GOOGLE_API_KEY: Type.Optional(
    Type.String({
      description: 'key for Gemini; absent: rules understand sentences and design dances',
      secret: true,
    }),
  ),
  GEMINI_MODEL: Type.String({ default: 'gemini-2.5-flash', description: 'model of Gemini' }),
  GEMINI_MAX_CALLS_PER_DAY: Type.Integer({
    default: 2_000,
    minimum: 0,
    maximum: 100_000,
    description: 'calls of Gemini in any 24 hours, of all instances together; past it the rules do its work',
  }),
  GEMINI_BASE_URL: Type.Optional(
    Type.String({
      pattern: '^https?://',
      examples: ['https://gemini.example.com'],
      description: 'another address of Gemini, for tests',
    }),
  ),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'], {
    default: 'info',
    description: 'least severity of what is logged',
  }),
  API_DOCS: Type.Enum(['all', 'operators', 'off'], {
    default: 'all',
    description:
      'who may read `/api/docs/` and `/api/schema/`: everybody, whoever sends `METRICS_TOKEN` as a bearer token, nobody',
  }),
  METRICS_TOKEN: Type.Optional(
    Type.String({
      minLength: 32,
      description:
        'serves figures for Prometheus at `/metrics` to whoever sends it as a bearer token; absent: to nobody',
      secret: true,
    }),
  ),
  ...TelemetryVariables,
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://',
      examples: ['https://api.example.com'],
      description: 'where the service is reached from outside, for links; absent: as each request says',
    }),
  ),
  VIDEO_URLS: Type.Enum(['relative', 'absolute'], {
    default: 'relative',
    description:
      'with `STORAGE=local`: whether addresses of videos begin with `/media/`, or with `PUBLIC_URL`, which pages of other origins need',
  }),
  TRUSTED_PROXIES: Type.Optional(
    Type.String({
      examples: ['10.0.0.0/8,127.0.0.1'],
      description: 'addresses or networks, separated by commas, whose `X-Forwarded-*` headers are believed',
    }),
  ),
  ...RenderVariables,
  ...MediaToolVariables,
});

export type Config = Readonly<Static<typeof ConfigSchema>>;

/** What the service's routes and plugins need to know of the configuration. */
export type AppConfig = Pick<
  Config,
  | 'JWT_SECRET'
  | 'JWT_SECRET_PREVIOUS'
  | 'AUTH_ROTATE_REFRESH'
  | 'REGISTRATION_OPEN'
  | 'REGISTER_RATE_LIMIT_PER_HOUR'
  | 'CORS_ALLOWED_ORIGINS'
  | 'PUBLIC_URL'
  | 'TRUSTED_PROXIES'
  | 'SHUTDOWN_DRAIN_MS'
  | 'GENERATE_RATE_LIMIT_PER_HOUR'
  | 'PARSE_RATE_LIMIT_PER_HOUR'
  | 'PREVIEW_RATE_LIMIT_PER_HOUR'
  | 'MAX_OPEN_TASKS'
  | 'MAX_OPEN_TASKS_PER_USER'
  | 'QUEUE_MAX_WAIT_SEC'
  | 'API_DOCS'
  | 'METRICS_TOKEN'
  | 'TASKS_KEPT_DAYS'
  | 'UPLOAD_MAX_MB'
  | 'UPLOADS_AT_ONCE_MAX_MB'
  | 'UPLOAD_QUOTA_MB'
  | 'UPLOAD_RATE_LIMIT_PER_HOUR'
  | 'TASK_EVENTS_HEARTBEAT_MS'
  | 'TASK_EVENTS_POLL_MS'
  | 'TASK_EVENTS_MAX_AGE_SEC'
  | 'TASK_EVENTS_MAX_STREAMS'
  | 'TASK_EVENTS_MAX_STREAMS_PER_USER'
  | 'STUDIO_DIR'
> &
  MediaOriginConfig;

/** The configuration of the service. @throws AppError `CONFIG_INVALID` */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const config = loadConfig(ConfigSchema, env);
  assertStrongSecret('JWT_SECRET', config.JWT_SECRET);
  assertStrongSecret('JWT_SECRET_PREVIOUS', config.JWT_SECRET_PREVIOUS);
  // Here, not in every job that is handed it.
  parseRenderSize(config.RENDER_SIZE);
  return config;
}

/** What the command-line programs need: no address, no secret, and a database only if there is one to use. */
export const CommandConfigSchema = Type.Object({
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description: 'PostgreSQL: `postgres://user:password@host:port/database`; absent: the embedded server',
      secret: true,
    }),
  ),
  ...StorageVariables,
  ...LauncherVariables,
  PASSWORD_RESET_URL: ConfigSchema.properties.PASSWORD_RESET_URL,
  GOOGLE_API_KEY: ConfigSchema.properties.GOOGLE_API_KEY,
  GEMINI_MODEL: ConfigSchema.properties.GEMINI_MODEL,
  GEMINI_BASE_URL: ConfigSchema.properties.GEMINI_BASE_URL,
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'], {
    default: 'warn',
    description: 'least severity of what is logged',
  }),
  ...MediaToolVariables,
});

export type CommandConfig = Readonly<Static<typeof CommandConfigSchema>>;

export function readCommandConfig(env: NodeJS.ProcessEnv = process.env): CommandConfig {
  return loadConfig(CommandConfigSchema, env);
}

/** The origins in a comma list. */
export function parseOrigins(list: string): string[] {
  return list
    .split(',')
    .map((origin) => origin.trim().replace(/\/$/, ''))
    .filter((origin) => origin !== '');
}

/** Of this process's environment, what any program needs to run at all. */
const PASSED_ON = [
  ...['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_EXTRA_CA_CERTS'],
  // Where Google's clients find the credentials of this machine: a path, no secret.
  'GOOGLE_APPLICATION_CREDENTIALS',
];

/** A job has a name of its own in traces, and belongs to the trace of its request, which was sampled or not. */
const OWN_TRACING = new Set<string>(['OTEL_SERVICE_NAME', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG']);

/** Of this service's configuration, what its rendering jobs read too: all that the packages they are made of ask for. */
const FOR_JOBS: readonly (keyof Config)[] = [
  'DATABASE_URL' as const,
  'LOG_LEVEL' as const,
  ...namesOf(StorageVariables),
  ...namesOf(TelemetryVariables),
  ...namesOf(MediaToolVariables),
  ...namesOf(RenderVariables),
].filter((name) => !OWN_TRACING.has(name));

function namesOf<Variables extends object>(variables: Variables): (keyof Variables & string)[] {
  return Object.keys(variables) as (keyof Variables & string)[];
}

/** The whole environment of a rendering job: never this service's secrets. */
export function readJobEnvironment(
  config: Config,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  const entries = [
    ...PASSED_ON.map((name) => [name, env[name]] as const),
    ...FOR_JOBS.map((name) => [name, config[name]?.toString()] as const),
    ['LOCAL_STORAGE_PATH', resolve(config.LOCAL_STORAGE_PATH)] as const,
  ];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
