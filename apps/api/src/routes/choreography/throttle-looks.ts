import type { FastifyReply, FastifyRequest } from 'fastify';
import { throttle } from '../../http/throttle.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';

const WINDOW_SEC = 3_600;

/**
 * Counts one more look at what a dance could be, which the planner has to work for.
 *
 * @throws HttpAnswer 429 where the caller has had as many as an hour allows
 */
export function throttleLooks(
  { database, config }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const limit = config.PREVIEW_RATE_LIMIT_PER_HOUR;
  const subject = String(callerOf(request).id);
  return throttle(database, { scope: 'preview', subject, limit, windowSec: WINDOW_SEC }, reply);
}
