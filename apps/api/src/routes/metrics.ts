import { poolFigures, type TaskFigures, taskFigures } from '@bachata-buddy/database';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { untilAborted } from '../generate/deadline.ts';
import type { RouteContext } from '../route-context.ts';

/** Whoever asks does so every few seconds, and is to learn of a database that hangs. */
const DATABASE_TIMEOUT_MS = 2_000;

/**
 * GET /metrics: figures for Prometheus, for whoever has the operator's token. It is not part of the API that clients
 * know, and answers under pressure too: that is when it is needed.
 */
export const metricsRoute: FastifyPluginAsync<RouteContext> = async (app, { database, figures }) => {
  if (figures === undefined) return;

  async function readTasks(request: FastifyRequest): Promise<TaskFigures | null> {
    try {
      return await untilAborted(taskFigures(database), AbortSignal.timeout(DATABASE_TIMEOUT_MS));
    } catch (thrown) {
      request.log.warn({ err: thrown }, 'tasks cannot be counted');
      return null;
    }
  }

  app.get(
    '/metrics',
    { config: { access: 'operator', pressureHandler: () => undefined }, schema: { hide: true } },
    async (request, reply) => {
      const tasks = await readTasks(request);
      const pool = poolFigures(database);
      void reply.header('cache-control', 'no-store').type(figures.contentType);
      return figures.print({ tasks, pool, openStreamCount: app.openStreams.count });
    },
  );
};
