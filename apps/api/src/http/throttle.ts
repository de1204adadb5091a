import {
  type Database,
  type RateLimit,
  type RateLimitAnswer,
  takeFromRateLimit,
} from '@bachata-buddy/database';
import type { FastifyReply } from 'fastify';
import { refused } from './http-answer.ts';

/**
 * What the answer of a limited route says of its limit: the fields of draft-ietf-httpapi-ratelimit-headers-11 and, as
 * most clients read them, those that it had up to 06. Of several limits the one of which least remains.
 */
export const RATE_LIMIT_HEADERS = [
  'ratelimit',
  'ratelimit-limit',
  'ratelimit-policy',
  'ratelimit-remaining',
  'ratelimit-reset',
] as const;

/**
 * Counts one more for the subject, and says in the answer what is left.
 *
 * @throws HttpAnswer 429 with `Retry-After`, where the limit is reached
 */
export async function throttle(database: Database, limit: RateLimit, reply: FastifyReply): Promise<void> {
  const answer = await takeFromRateLimit(database, limit);
  showRateLimit(reply, limit, answer);
  if (answer.allowed) return;
  const { retryAfterSec } = answer;
  const detail = `Request was throttled. Expected available in ${retryAfterSec} seconds.`;
  throw refused('THROTTLED', detail, { 'retry-after': String(retryAfterSec) });
}

/** What was counted is taken back, so that there is one more. */
export function showOneMore(reply: FastifyReply): void {
  const remaining = shownRemaining(reply);
  if (remaining === undefined) return;
  void reply.header('ratelimit-remaining', String(remaining + 1));
  void reply.header('ratelimit', String(reply.getHeader('ratelimit')).replace(/r=\d+/, `r=${remaining + 1}`));
}

function showRateLimit(
  reply: FastifyReply,
  { scope, limit, windowSec }: RateLimit,
  { allowed, remaining, resetSec }: RateLimitAnswer,
): void {
  const shown = shownRemaining(reply);
  // A refusal speaks of the limit that refuses, as its `Retry-After` does.
  if (allowed && shown !== undefined && shown <= remaining) return;
  void reply.headers({
    ratelimit: `"${scope}";r=${remaining};t=${resetSec}`,
    'ratelimit-limit': String(limit),
    'ratelimit-policy': `"${scope}";q=${limit};w=${windowSec}`,
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSec),
  });
}

function shownRemaining(reply: FastifyReply): number | undefined {
  const text = reply.getHeader('ratelimit-remaining');
  return text === undefined ? undefined : Number(text);
}
