import { createHash } from 'node:crypto';
import { and, eq, lte, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { rateLimits } from '../../schema/index.ts';
import { run, theRow } from '../run.ts';

/** Whose count: every scope counts each of its subjects for itself. */
export interface RateLimitSubject {
  /** What is limited, e.g. `generation` or `login-address`; at most 50 characters. */
  readonly scope: string;
  /** A user's id, an address, ...; of any length. Stored as a hash. */
  readonly subject: string;
}

export interface RateLimit extends RateLimitSubject {
  /** How many are allowed in any window; below 1 allows none. */
  readonly limit: number;
  readonly windowSec: number;
}

export interface RateLimitAnswer {
  readonly allowed: boolean;
  /** Whole seconds, at least 1, until the next would be allowed; 0 where this one is. */
  readonly retryAfterSec: number;
  /** How many more would be allowed now. */
  readonly remaining: number;
  /** Whole seconds, at least 1, until there is one more than that. */
  readonly resetSec: number;
}

function hashOf(subject: string): string {
  return createHash('sha256').update(subject).digest('hex');
}

/**
 * Counts one more where the limit allows it: a sliding log, so no window of that length ever holds more than
 * `limit`, also when many processes ask at once. One that is refused does not count.
 */
export function takeFromRateLimit(
  db: Database,
  { scope, subject, limit, windowSec }: RateLimit,
): Promise<RateLimitAnswer> {
  return run(async () => {
    const subjectSha256 = hashOf(subject);
    const window = sql`make_interval(secs => ${windowSec})`;
    // The row is locked when the conditions of the conflict are read: what they count is the latest.
    const taken = await db.orm.execute<{ count: number; seconds: number }>(sql`
      insert into rate_limits as r (scope, subject_sha256, taken_at, expires_at)
      select ${scope}, ${subjectSha256}, array[clock_timestamp()], clock_timestamp() + ${window}
      where ${limit}::double precision >= 1
      on conflict (scope, subject_sha256) do update set
        taken_at = array(select t from unnest(r.taken_at) t where t > clock_timestamp() - ${window} order by t)
          || clock_timestamp(),
        expires_at = clock_timestamp() + ${window}
      where (select count(*) from unnest(r.taken_at) t where t > clock_timestamp() - ${window})
        <= ${limit}::double precision - 1
      returning cardinality(taken_at) as count,
        ceil(extract(epoch from taken_at[1] + ${window} - clock_timestamp()))::double precision as seconds`);
    const [row] = taken.rows;
    if (row !== undefined) {
      const remaining = Math.max(0, Math.floor(limit) - row.count);
      return { allowed: true, retryAfterSec: 0, remaining, resetSec: Math.max(1, row.seconds) };
    }
    // The limit-th from the end has to leave the window; where it just did, or was never there, one second is kept.
    const waiting = await db.orm.execute<{ seconds: number | null }>(sql`
      select ceil(extract(epoch from (
        select t from rate_limits r, unnest(r.taken_at) t
        where r.scope = ${scope} and r.subject_sha256 = ${subjectSha256}
        order by t desc offset greatest(floor(${limit}::double precision) - 1, 0)::integer limit 1
      ) + ${window} - clock_timestamp()))::double precision as seconds`);
    const seconds = theRow(waiting.rows).seconds ?? (limit < 1 ? windowSec : 1);
    const retryAfterSec = Math.max(1, Math.ceil(seconds));
    return { allowed: false, retryAfterSec, remaining: 0, resetSec: retryAfterSec };
  });
}

/** Takes back the latest that was counted, for a request that turned out not to count; harmless where there is none. */
export function releaseFromRateLimit(db: Database, { scope, subject }: RateLimitSubject): Promise<void> {
  return run(async () => {
    await db.orm
      .update(rateLimits)
      .set({ takenAt: sql`trim_array(${rateLimits.takenAt}, 1)` })
      .where(
        and(
          eq(rateLimits.scope, scope),
          eq(rateLimits.subjectSha256, hashOf(subject)),
          sql`cardinality(${rateLimits.takenAt}) > 0`,
        ),
      );
  });
}

/** Removes subjects whose window has passed; returns how many they were. */
export function deleteStaleRateLimits(db: Database): Promise<number> {
  return run(async () => {
    const { rowCount } = await db.orm.delete(rateLimits).where(lte(rateLimits.expiresAt, clockNow));
    return rowCount ?? 0;
  });
}
