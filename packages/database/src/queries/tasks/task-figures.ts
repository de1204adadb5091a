import { ENDED_STATUSES, OPEN_STATUSES, TASK_STATUSES, type TaskStatus } from '@bachata-buddy/vocabulary';
import { sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { listed } from '../../schema/lists.ts';
import { run, theRow } from '../run.ts';
import { CANCELLED_BY_USER } from './tasks.ts';

/** How the service's tasks are doing, over all users: those that are open, and those of the last 24 hours. */
export interface TaskFigures {
  /** Open ones of any age, ended ones that were made in the last 24 hours. */
  readonly countOf: Readonly<Record<TaskStatus, number>>;
  /** Since the oldest open one was made, or ordered again; 0 where none is open. */
  readonly oldestOpenSec: number;
  /** Of those counted: a job had to begin more than once. */
  readonly retriedCount: number;
  /** Of those counted: failed, and not because their user cancelled them. */
  readonly brokenCount: number;
  /** From being made to being completed, of those counted; null where none was completed. */
  readonly completionSec: { readonly median: number; readonly p95: number } | null;
  /** Launch orders that wait in the queue. */
  readonly queuedCount: number;
}

/** One query that reads, by index, no more than the tasks it counts. */
export function taskFigures(db: Database): Promise<TaskFigures> {
  return run(async () => {
    const { rows } = await db.orm.execute<FiguresRow>(sql`
      with counted as (
        select t.status, t.error, t.attempt, t.created_at, t.completed_at,
          greatest(t.created_at, o.created_at) as ordered_at
        from choreography_tasks t left join launch_orders o on o.task_id = t.task_id
        where t.status in (${listed(OPEN_STATUSES)}) or t.created_at > now() - interval '24 hours'
      )
      select
        (select coalesce(jsonb_object_agg(status, count), '{}') from (
          select status, count(*)::int from counted group by status) by_status) as count_of,
        coalesce(extract(epoch from clock_timestamp()
          - min(ordered_at) filter (where status not in (${listed(ENDED_STATUSES)}))), 0)::float8 as oldest_open_sec,
        count(*) filter (where attempt > 1)::int as retried_count,
        count(*) filter (where status = 'failed' and error is distinct from ${CANCELLED_BY_USER})::int as broken_count,
        percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from completed_at - created_at))
          filter (where status = 'completed') as completion_sec,
        (select count(*)::int from launch_orders where state = 'queued') as queued_count
      from counted`);
    const row = theRow(rows);
    const [median, p95] = row.completion_sec ?? [];
    return {
      countOf: Object.fromEntries(
        TASK_STATUSES.map((status) => [status, row.count_of[status] ?? 0]),
      ) as Record<TaskStatus, number>,
      oldestOpenSec: row.oldest_open_sec,
      retriedCount: row.retried_count,
      brokenCount: row.broken_count,
      completionSec: median === undefined || p95 === undefined ? null : { median, p95 },
      queuedCount: row.queued_count,
    };
  });
}

interface FiguresRow extends Record<string, unknown> {
  readonly count_of: Partial<Record<TaskStatus, number>>;
  readonly oldest_open_sec: number;
  readonly retried_count: number;
  readonly broken_count: number;
  readonly completion_sec: number[] | null;
  readonly queued_count: number;
}
