import { sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { run, theRow } from '../run.ts';

/** What a look for lost tasks may make of silence: how well the database was watched before it. */
export interface Watch {
  /** For so long looks have followed each other without a gap; 0 where the one before this is too long ago. */
  readonly clearForSec: number;
  /** Since the look before this one; null where this is the first. */
  readonly lastLookSec: number | null;
}

/**
 * Notes that somebody, on any machine, looks for lost tasks and reaches the database.
 *
 * @param gapSec where the last look is longer ago, the database may have been away in between
 */
export function recordLook(db: Database, { gapSec }: { readonly gapSec: number }): Promise<Watch> {
  return run(async () => {
    const { rows } = await db.orm.execute<{ clear_for_sec: number; last_look_sec: number | null }>(sql`
      with last as (select looked_at from sweeps)
      insert into sweeps as s (looked_at, clear_since) values (clock_timestamp(), clock_timestamp())
      on conflict (id) do update set
        clear_since = case when s.looked_at < clock_timestamp() - make_interval(secs => ${gapSec})
          then clock_timestamp() else s.clear_since end,
        looked_at = clock_timestamp()
      returning extract(epoch from s.looked_at - s.clear_since)::float8 as clear_for_sec,
        extract(epoch from s.looked_at - (select looked_at from last))::float8 as last_look_sec`);
    const { clear_for_sec: clearForSec, last_look_sec: lastLookSec } = theRow(rows);
    return { clearForSec: Math.max(0, clearForSec), lastLookSec };
  });
}
