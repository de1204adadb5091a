import { pingDatabase } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HttpAnswer } from '../http/http-answer.ts';
import type { RouteContext } from '../route-context.ts';
import { detail } from '../schemas/errors.ts';

const UNREACHABLE = 'The database is not reachable.';
const READY_TIMEOUT_MS = 3_000;
const StatusSchema = (status: string) => Type.Object({ status: Type.String({ examples: [status] }) });

/** GET /api/health (the process lives) and /api/ready (it can work). */
export const systemRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  app.get(
    '/api/health',
    {
      config: { access: 'open' },
      schema: {
        tags: ['system'],
        summary: 'Whether the process lives',
        response: { 200: StatusSchema('healthy') },
      },
    },
    async () => ({ status: 'healthy' }),
  );

  app.get(
    '/api/ready',
    {
      config: { access: 'open' },
      schema: {
        tags: ['system'],
        summary: 'Whether the service can work',
        response: { 200: StatusSchema('ready'), 503: detail(UNREACHABLE) },
      },
    },
    async (request) => {
      try {
        await within(READY_TIMEOUT_MS, pingDatabase(database));
      } catch (thrown) {
        request.log.warn({ err: thrown }, 'not ready');
        const body = { status: 'unavailable', detail: UNREACHABLE };
        throw new HttpAnswer({ code: 'NOT_READY', body, cause: thrown });
      }
      return { status: 'ready' };
    },
  );
};

async function within(timeoutMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
