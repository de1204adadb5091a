import type { Logger } from '@bachata-buddy/platform';
import type { Tracing } from '@bachata-buddy/telemetry';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import fp from 'fastify-plugin';
import { parseOrigins } from './config.ts';
import { GENERATION_DEADLINE_MS } from './generate/start-generation.ts';
import type { Figures } from './metrics/figures.ts';
import { authentication } from './plugins/authentication.ts';
import { bodyDeadline } from './plugins/body-deadline.ts';
import { browserAccess } from './plugins/browser-access.ts';
import { caching } from './plugins/caching.ts';
import { compression } from './plugins/compression.ts';
import { drain } from './plugins/drain.ts';
import { entityTags } from './plugins/entity-tags.ts';
import { errors } from './plugins/errors.ts';
import { generationSignals } from './plugins/generation-signals.ts';
import { jsonBody } from './plugins/json-body.ts';
import { launches } from './plugins/launches.ts';
import { metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { pressure } from './plugins/pressure.ts';
import { requests } from './plugins/requests.ts';
import { songListening } from './plugins/song-listening.ts';
import { studio } from './plugins/studio.ts';
import { taskEvents } from './plugins/task-events.ts';
import { tokens } from './plugins/tokens.ts';
import { tracing } from './plugins/tracing.ts';
import { unknownRoutes } from './plugins/unknown-routes.ts';
import { upkeep } from './plugins/upkeep.ts';
import { rootOptions } from './root-options.ts';
import type { RouteContext } from './route-context.ts';
import { routes } from './routes/index.ts';
import { mediaOrigins } from './studio/media-origins.ts';
import { makeUploadRoom } from './uploads/upload-room.ts';

const MEGABYTE = 1024 * 1024;

/** What the process opened is closed by whoever opened it, after the app. */
export interface AppOptions extends Omit<RouteContext, 'figures' | 'uploadRoom'> {
  /** Closed by whoever opened it, after the app. Default: nothing is traced. */
  readonly tracing?: Tracing;
  /** How often to look for launch orders; default 500 ms. */
  readonly pollMs?: number;
  /** How late the event loop may run before callers are turned away; default 3 s, 0: however late. */
  readonly maxEventLoopDelayMs?: number;
  /** From a request's headers to the end of its body, where it is no upload; default 30 s. */
  readonly bodyTimeoutMs?: number;
  /** From a request to its answer; default 25 s. */
  readonly generationDeadlineMs?: number;
}

/** The whole service as a plugin: what guards every route first, then what routes need, then the routes. */
const app = fp<AppOptions>(
  async (instance, options) => {
    const { config, database, store, analyseSound, launcher, pollMs } = options;
    await instance.register(errors);
    if (options.tracing?.isOn) await instance.register(tracing, { tracing: options.tracing });
    const figures = config.METRICS_TOKEN === undefined ? undefined : await openFigures();
    if (figures !== undefined) await instance.register(metrics, { figures });
    await instance.register(requests, { trustsProxies: config.TRUSTED_PROXIES !== undefined });
    await instance.register(bodyDeadline, { bodyTimeoutMs: options.bodyTimeoutMs });
    await instance.register(drain, { drainMs: config.SHUTDOWN_DRAIN_MS });
    await instance.register(unknownRoutes);
    await instance.register(pressure, { maxEventLoopDelayMs: options.maxEventLoopDelayMs });
    await instance.register(browserAccess, { allowedOrigins: parseOrigins(config.CORS_ALLOWED_ORIGINS) });
    await instance.register(tokens, {
      secret: config.JWT_SECRET,
      previousSecret: config.JWT_SECRET_PREVIOUS,
    });
    await instance.register(authentication, { database, operatorToken: config.METRICS_TOKEN });
    await instance.register(jsonBody);
    await instance.register(caching);
    await instance.register(entityTags);
    await instance.register(compression);
    await instance.register(studio, { directory: config.STUDIO_DIR, mediaOrigins: mediaOrigins(config) });
    await instance.register(openapi, { publicUrl: config.PUBLIC_URL, audience: config.API_DOCS });
    // In the order in which they end: clients are told at once, jobs then take longest to stop.
    await instance.register(generationSignals, {
      deadlineMs: options.generationDeadlineMs ?? GENERATION_DEADLINE_MS,
      onEnd: figures?.countGeneration,
    });
    await instance.register(taskEvents, { database, config });
    await instance.register(launches, {
      database,
      launcher,
      pollMs,
      tracing: options.tracing,
      longestWaitSec: config.QUEUE_MAX_WAIT_SEC,
      onLaunched: figures?.countLaunch,
      onSwept: figures?.countSweep,
    });
    await instance.register(songListening, { database, store, analyseSound });
    await instance.register(upkeep, {
      database,
      store,
      tasksKeptDays: config.TASKS_KEPT_DAYS,
    });
    const uploadRoom = makeUploadRoom(config.UPLOADS_AT_ONCE_MAX_MB * MEGABYTE);
    await instance.register(routes, { ...options, figures, uploadRoom });
  },
  { name: 'app' },
);

/** Loaded on demand, as few services are measured. Figures are of one app: a process may hold several. */
async function openFigures(): Promise<Figures> {
  const { makeFigures } = await import('./metrics/figures.ts');
  return makeFigures();
}

export interface ServerOptions extends AppOptions {
  readonly log: Logger;
  /** What compiles the routes' schemas; default: Fastify's own compilers, when a schema is needed. */
  readonly schemaController?: NonNullable<FastifyServerOptions['schemaController']>;
}

/** A server with the app in it, not listening yet. */
export async function buildApp(options: ServerOptions): Promise<FastifyInstance> {
  const { log, schemaController = rootOptions.schemaController, ...appOptions } = options;
  const loggerInstance: FastifyBaseLogger = log;
  const server = Fastify({
    ...rootOptions,
    schemaController,
    trustProxy: options.config.TRUSTED_PROXIES ?? false,
    loggerInstance,
  });
  await server.register(app, appOptions);
  return server;
}
