import { sql } from 'drizzle-orm';
import type { Database } from '../connect.ts';
import { run } from './run.ts';

/** How much is still to be done. */
export interface OpenTasks {
  /** Tasks that have not ended. */
  readonly openTasks: number;
  /** Age of the oldest of them, whole seconds; 0 where there is none. */
  readonly oldestOpenSec: number;
}

/** What all users together wait for. */
export function countOpenTasks(db: Database): Promise<OpenTasks> {
  return run(async () => {
    const { rows } = await db.orm.execute<{ count: number; oldest_sec: number }>(sql`
      select count(*)::int4 as count,
        coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::int4 as oldest_sec
      from choreography_tasks where status in ('pending', 'started', 'running')`);
    const [found] = rows;
    return { openTasks: found?.count ?? 0, oldestOpenSec: found?.oldest_sec ?? 0 };
  });
}
