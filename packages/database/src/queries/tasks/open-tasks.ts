import { OPEN_STATUSES } from '@bachata-buddy/vocabulary';
import { sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { listed } from '../../schema/lists.ts';
import { run, theRow } from '../run.ts';

/** How many tasks have not ended: of all users, and of one. */
export interface OpenTasks {
  readonly total: number;
  readonly ofUser: number;
}

export function countOpenTasks(db: Database, userId: number): Promise<OpenTasks> {
  return run(async () => {
    const { rows } = await db.orm.execute<{ total: number; of_user: number }>(sql`
      select count(*)::int as total, (count(*) filter (where user_id = ${userId}))::int as of_user
      from choreography_tasks where status in (${listed(OPEN_STATUSES)})`);
    const { total, of_user: ofUser } = theRow(rows);
    return { total, ofUser };
  });
}
