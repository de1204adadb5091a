import { sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { run } from '../run.ts';

export interface SilentTask {
  readonly taskId: string;
  readonly attempt: number;
  /** The number of the last launch; 0: it was never launched. */
  readonly launches: number;
  /** The same without launches that the service itself cut short. */
  readonly countedLaunches: number;
  /** When the launch was ordered, since the epoch; null where the task has no order. */
  readonly orderedAtMs: number | null;
  /** The platform's execution of the last launch; null: it was not handed over, or nobody noted it. */
  readonly executionName: string | null;
  /** The platform's execution that made the last attempt, by the last part of its name. */
  readonly heldBy: string | null;
  /** A job has taken up the task since the last launch. */
  readonly isClaimed: boolean;
  /** Since the last sign of a job, or else the launch. */
  readonly silentSec: number;
}

export interface SilenceLimits {
  /** Since the last heartbeat, or the launch of a child process. */
  readonly silentForSec: number;
  /** Since the hand-over of a launch that no job has taken up: a platform needs its time to start one. */
  readonly unclaimedForSec?: number;
  /** Only this one. */
  readonly taskId?: string;
}

/**
 * Tasks that should be rendering but have not been heard of for too long: started or running, not waiting in the
 * queue, and the last sign (heartbeat, or else the launch) is older than the limit. Oldest task first.
 */
export function findSilentTasks(
  db: Database,
  { silentForSec, unclaimedForSec = silentForSec, taskId }: SilenceLimits,
): Promise<SilentTask[]> {
  return run(async () => {
    const silent = await db.orm.execute<SilentRow>(sql`
      select * from (
        select t.task_id, t.attempt, t.held_by, t.created_at, o.execution_name,
          extract(epoch from o.created_at)::float8 * 1000 as ordered_at_ms,
          coalesce(o.launches, 0) as launches, coalesce(o.launches - o.excused, 0) as counted_launches,
          coalesce(t.heartbeat_at >= o.launched_at, false) as is_claimed,
          extract(epoch from clock_timestamp() - coalesce(greatest(t.heartbeat_at, o.launched_at), t.updated_at))
            ::float8 as silent_sec
        from choreography_tasks t left join launch_orders o on o.task_id = t.task_id
        where t.status in ('started', 'running') and o.state is distinct from 'queued'
          ${taskId === undefined ? sql`` : sql`and t.task_id = ${taskId}`}
      ) watched
      where silent_sec > case when execution_name is not null and not is_claimed
        then ${unclaimedForSec}::float8 else ${silentForSec}::float8 end
      order by created_at, task_id`);
    return silent.rows.map((row) => ({
      taskId: row.task_id,
      attempt: row.attempt,
      launches: row.launches,
      countedLaunches: row.counted_launches,
      orderedAtMs: row.ordered_at_ms,
      executionName: row.execution_name,
      heldBy: row.held_by,
      isClaimed: row.is_claimed,
      silentSec: row.silent_sec,
    }));
  });
}

interface SilentRow extends Record<string, unknown> {
  readonly task_id: string;
  readonly attempt: number;
  readonly launches: number;
  readonly counted_launches: number;
  readonly ordered_at_ms: number | null;
  readonly execution_name: string | null;
  readonly held_by: string | null;
  readonly is_claimed: boolean;
  readonly silent_sec: number;
}
