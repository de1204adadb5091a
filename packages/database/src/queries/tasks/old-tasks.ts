import { ENDED_STATUSES } from '@bachata-buddy/vocabulary';
import { sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { listed } from '../../schema/lists.ts';
import { run } from '../run.ts';

/** In one statement, which others wait for. */
const AT_ONCE = 1_000;

/**
 * Removes tasks that ended so many days ago, or longer, with their blueprints; the oldest first. What somebody has in
 * a collection stays whole, for it can be revised and rendered again, and so does what a version was made of, as long as
 * the version is there.
 *
 * @returns how many, a thousand at most
 */
export function deleteOldTasks(db: Database, days: number): Promise<number> {
  return run(async () => {
    const { rowCount } = await db.orm.execute(sql`
      delete from choreography_tasks where task_id in (
        select t.task_id from choreography_tasks t
        where t.status in (${listed(ENDED_STATUSES)})
          and t.updated_at < clock_timestamp() - make_interval(days => ${days})
          and not exists (select from saved_choreographies s where s.task_id = t.task_id)
          and not exists (select from choreography_tasks v where v.original_task_id = t.task_id)
        order by t.updated_at limit ${AT_ONCE})`);
    return rowCount ?? 0;
  });
}
