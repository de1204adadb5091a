import { and, eq, ne, sql } from 'drizzle-orm';
import type { Database } from '../connect.ts';
import { clockNow } from '../schema/columns.ts';
import { choreographyTasks, launchOrders } from '../schema/index.ts';
import { run } from './run.ts';

/** The pool, or the transaction a statement has to be part of. */
type Connection = Pick<Database['orm'], 'update'>;

/** As part of the write that ends the task. */
export async function finishOrderOf(connection: Connection, taskId: string): Promise<void> {
  await connection
    .update(launchOrders)
    .set({ state: 'finished' })
    .where(and(eq(launchOrders.taskId, taskId), ne(launchOrders.state, 'finished')));
}

/**
 * Takes queued orders that are due, oldest first, and marks them `launched`. Launchers on other machines may
 * do the same at the same time: no order is given to two of them. Orders of tasks that have ended are not taken.
 *
 * @returns the task ids; empty where nothing is due
 */
export function takeLaunchOrders(
  db: Database,
  { limit, owner }: { readonly limit: number; readonly owner: string },
): Promise<string[]> {
  return run(async () => {
    // MATERIALIZED: inlined, the limited selection could run more than once and take more than `limit`.
    const taken = await db.orm.execute<{ task_id: string }>(sql`
      with picked as materialized (
        select o.task_id, o.available_at
        from launch_orders o join choreography_tasks t on t.task_id = o.task_id
        where o.state = 'queued' and o.available_at <= clock_timestamp()
          and t.status not in ('completed', 'failed')
        order by o.available_at, o.task_id
        limit ${limit}
        for update of o skip locked
      ), launched as (
        update launch_orders o
        set state = 'launched', launches = o.launches + 1, launched_at = clock_timestamp(), owner = ${owner}
        from picked where o.task_id = picked.task_id
        returning o.task_id, picked.available_at
      )
      select task_id from launched order by available_at, task_id`);
    return taken.rows.map((row) => row.task_id);
  });
}

export interface ReleaseOptions {
  /** Not to be launched again for so long. Default 0. */
  readonly delaySec?: number;
  /** Release only where the order was launched exactly so often: the caller's knowledge is still true. */
  readonly ifLaunches?: number;
}

/**
 * Puts an order back into the queue, for another launch; its task must not have ended.
 *
 * @returns false where nothing was put back: queued already, ended, launched again meanwhile, or unknown
 */
export function releaseLaunchOrder(
  db: Database,
  taskId: string,
  { delaySec = 0, ifLaunches }: ReleaseOptions = {},
): Promise<boolean> {
  return run(async () => {
    const rows = await db.orm
      .update(launchOrders)
      .set({ state: 'queued', availableAt: sql`${clockNow} + make_interval(secs => ${delaySec})` })
      .where(
        and(
          eq(launchOrders.taskId, taskId),
          ne(launchOrders.state, 'queued'),
          ifLaunches === undefined ? undefined : eq(launchOrders.launches, ifLaunches),
          sql`exists (select from ${choreographyTasks} where ${choreographyTasks.taskId} = ${launchOrders.taskId}
            and ${choreographyTasks.status} not in ('completed', 'failed'))`,
        ),
      )
      .returning({ taskId: launchOrders.taskId });
    return rows.length > 0;
  });
}

/** Marks an order as needing no launch any more; harmless where it is so already. */
export function finishLaunchOrder(db: Database, taskId: string): Promise<void> {
  return run(() => finishOrderOf(db.orm, taskId));
}

export interface SilentTask {
  readonly taskId: string;
  readonly attempt: number;
  /** How often it was launched. */
  readonly launches: number;
}

/**
 * Tasks that should be rendering but have not been heard of for longer than `silentForSec`: started or running,
 * not waiting in the queue, and the last sign (heartbeat, or else the launch) is older than that.
 */
export function findSilentTasks(
  db: Database,
  { silentForSec }: { readonly silentForSec: number },
): Promise<SilentTask[]> {
  return run(async () => {
    const silent = await db.orm.execute<{ task_id: string; attempt: number; launches: number }>(sql`
      select t.task_id, t.attempt, coalesce(o.launches, 0) as launches
      from choreography_tasks t left join launch_orders o on o.task_id = t.task_id
      where t.status in ('started', 'running') and o.state is distinct from 'queued'
        and coalesce(greatest(t.heartbeat_at, o.launched_at), t.updated_at)
          < clock_timestamp() - make_interval(secs => ${silentForSec})
      order by t.created_at, t.task_id`);
    return silent.rows.map((row) => ({
      taskId: row.task_id,
      attempt: row.attempt,
      launches: row.launches,
    }));
  });
}
