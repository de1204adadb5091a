import { releaseFromRateLimit } from '@bachata-buddy/database';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GenerationKind } from '../../generate/generation-signal.ts';
import type { BegunGeneration } from '../../generate/start-generation.ts';
import { HttpAnswer } from '../../http/http-answer.ts';
import { type Answer, answerOnce } from '../../http/idempotency.ts';
import { ensureRoom } from '../../http/room-for-tasks.ts';
import { showOneMore, throttle } from '../../http/throttle.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';

const WINDOW_SEC = 3_600;

export interface GenerationWork {
  readonly app: FastifyInstance;
  readonly context: RouteContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly kind: GenerationKind;
  /** The name under which idempotency keys are kept. */
  readonly route: string;
  readonly work: (begun: BegunGeneration) => Promise<Answer>;
}

/**
 * What all generations have in common: once per idempotency key, so many an hour for one user, within the
 * deadline, and where there is room; and then the answer. A repeated one, and a request that was refused as invalid
 * before a dance was planned, do not count.
 */
export async function answerGeneration(options: GenerationWork): Promise<FastifyReply> {
  const { app, context, request, reply, kind, route, work } = options;
  const { database, config } = context;
  const userId = callerOf(request).id;
  const limited = { scope: 'generation', subject: String(userId) };
  const answer = await answerOnce({
    database,
    request,
    userId,
    route,
    work: async (idempotent) => {
      await ensureRoom({ database, config, userId });
      const limit = config.GENERATE_RATE_LIMIT_PER_HOUR;
      await throttle(database, { ...limited, limit, windowSec: WINDOW_SEC }, reply);
      try {
        return await app.generationSignals.run(kind, (signal) => work({ signal, idempotent }));
      } catch (thrown) {
        if (isRefusedUnplanned(thrown)) {
          await releaseFromRateLimit(database, limited);
          showOneMore(reply);
        }
        throw thrown;
      }
    },
  });
  return sendAnswer(reply, answer);
}

/** That a sentence leaves no move to dance is found out by planning, behind a task: it costs what a dance does. */
function isRefusedUnplanned(thrown: unknown): boolean {
  return thrown instanceof HttpAnswer && thrown.status === 400 && thrown.code !== 'ALL_MOVES_REFUSED';
}

/** Sends an answer that was made before it is known whether it is new or kept. */
export function sendAnswer(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  return reply.code(status).send(body);
}
