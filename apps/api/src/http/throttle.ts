import { type Database, type RateLimit, takeFromRateLimit } from '@bachata-buddy/database';
import { refused } from './http-answer.ts';

/** Counts one more for the subject. @throws HttpAnswer 429 with `Retry-After`, where the limit is reached */
export async function throttle(database: Database, limit: RateLimit): Promise<void> {
  const { allowed, retryAfterSec } = await takeFromRateLimit(database, limit);
  if (allowed) return;
  const detail = `Request was throttled. Expected available in ${retryAfterSec} seconds.`;
  throw refused('THROTTLED', detail, { 'retry-after': String(retryAfterSec) });
}
