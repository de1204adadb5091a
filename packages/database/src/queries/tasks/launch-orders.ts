import { ENDED_STATUSES } from '@bachata-buddy/vocabulary';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { choreographyTasks, launchOrders } from '../../schema/index.ts';
import { listed } from '../../schema/lists.ts';
import { inTransaction } from '../../transaction.ts';
import { run } from '../run.ts';

const ENDED = listed(ENDED_STATUSES);

/** The pool, or the transaction a statement has to be part of. */
type Connection = Pick<Database['orm'], 'update'>;

/** As part of the write that ends the task. */
export async function finishOrderOf(connection: Connection, taskId: string): Promise<void> {
  await connection
    .update(launchOrders)
    .set({ state: 'finished' })
    .where(and(eq(launchOrders.taskId, taskId), ne(launchOrders.state, 'finished')));
}

/** An order that was taken. */
export interface LaunchOrder {
  readonly taskId: string;
  /** The number of this launch, 1 for the first. */
  readonly launch: number;
  /** The same without launches that the service itself cut short. */
  readonly countedLaunch: number;
  /** 1 for the first; at a later one the platform may have a job of this very launch already. */
  readonly submission: number;
  /** Of the span that ordered it (W3C Trace Context); undefined where that was not traced. */
  readonly traceparent: string | undefined;
  /** Since the epoch, by the database's clock. */
  readonly orderedAtMs: number;
}

export interface TakeOptions {
  readonly limit: number;
  /** Names the launcher. */
  readonly owner: string;
  /** Over all launchers: none is taken while so many tasks are launched and have not ended. Default: any number. */
  readonly maxUnderWay?: number | undefined;
}

/** Of all users of advisory locks in the database, this one's own number. */
const TAKING_LOCK_KEY = 727_004;

/**
 * Takes queued orders that are due, the oldest first, and marks them `launched`. Launchers on other machines may
 * do the same at the same time: no order is given to two of them, and where they share a limit they take turns. Orders
 * of tasks that have ended are not taken.
 */
export function takeLaunchOrders(db: Database, options: TakeOptions): Promise<LaunchOrder[]> {
  return run(async () => {
    if (options.maxUnderWay === undefined) return takeDue(db.orm, options);
    return inTransaction(db, async (tx) => {
      // Each counts what the one before it has taken. The lock ends with the transaction.
      await tx.execute(sql`select pg_advisory_xact_lock(${TAKING_LOCK_KEY})`);
      return takeDue(tx, options);
    });
  });
}

async function takeDue(
  connection: Pick<Database['orm'], 'execute'>,
  { limit, owner, maxUnderWay = Number.MAX_SAFE_INTEGER }: TakeOptions,
): Promise<LaunchOrder[]> {
  // MATERIALIZED: inlined, the limited selection could run more than once and take more than `limit`.
  const taken = await connection.execute<{
    task_id: string;
    launches: number;
    excused: number;
    submissions: number;
    traceparent: string | null;
    ordered_at_sec: number;
  }>(sql`
      with picked as materialized (
        select o.task_id, o.created_at
        from launch_orders o join choreography_tasks t on t.task_id = o.task_id
        where o.state = 'queued' and o.available_at <= clock_timestamp()
          and t.status not in (${ENDED})
        order by o.created_at, o.task_id
        limit greatest(0, least(${limit}, ${maxUnderWay}::bigint - (
          select count(*) from launch_orders o join choreography_tasks t on t.task_id = o.task_id
          where o.state = 'launched' and t.status not in (${ENDED}))))
        for update of o skip locked
      ), launched as (
        update launch_orders o
        set state = 'launched', launched_at = clock_timestamp(), owner = ${owner},
          launches = case o.submissions when 0 then o.launches + 1 else o.launches end,
          submissions = o.submissions + 1
        from picked where o.task_id = picked.task_id
        returning o.task_id, o.launches, o.excused, o.submissions, o.traceparent, o.created_at
      )
      select task_id, launches, excused, submissions, traceparent,
        extract(epoch from created_at)::float8 as ordered_at_sec from launched order by created_at, task_id`);
  return taken.rows.map((row) => ({
    taskId: row.task_id,
    launch: row.launches,
    countedLaunch: row.launches - row.excused,
    submission: row.submissions,
    traceparent: row.traceparent ?? undefined,
    orderedAtMs: row.ordered_at_sec * 1_000,
  }));
}

export interface ReleaseOptions {
  /** Not to be launched again for so long. Default 0. */
  readonly delaySec?: number;
  /** Release only where the order was launched exactly so often: the caller's knowledge is still true. */
  readonly ifLaunches?: number;
  /** To be submitted once more under the same number, for it is not known whether a job was started. Default false. */
  readonly isSameLaunch?: boolean;
  /** The service itself ended the launch, which is not to count. Default false. */
  readonly isExcused?: boolean;
}

/**
 * Puts an order back into the queue, for another launch; its task must not have ended.
 *
 * @returns false where nothing was put back: queued already, ended, launched again meanwhile, or unknown
 */
export function releaseLaunchOrder(
  db: Database,
  taskId: string,
  { delaySec = 0, ifLaunches, isSameLaunch = false, isExcused = false }: ReleaseOptions = {},
): Promise<boolean> {
  return run(async () => {
    const rows = await db.orm
      .update(launchOrders)
      .set({
        state: 'queued',
        availableAt: sql`${clockNow} + make_interval(secs => ${delaySec})`,
        ...(isSameLaunch ? {} : { submissions: 0, executionName: null }),
        ...(isExcused ? { excused: sql`${launchOrders.excused} + 1` } : {}),
      })
      .where(
        and(
          eq(launchOrders.taskId, taskId),
          ne(launchOrders.state, 'queued'),
          ifLaunches === undefined ? undefined : eq(launchOrders.launches, ifLaunches),
          ofOpenTask,
        ),
      )
      .returning({ taskId: launchOrders.taskId });
    return rows.length > 0;
  });
}

const ofOpenTask = sql`exists (select from ${choreographyTasks}
  where ${choreographyTasks.taskId} = ${launchOrders.taskId}
    and ${choreographyTasks.status} not in (${ENDED}))`;

/**
 * Notes that the platform has taken over a launch, and under which name.
 *
 * @returns false where it is not wanted any more: the task has ended, or another launch has begun
 */
export function recordHandOver(
  db: Database,
  taskId: string,
  { launch, executionName }: { readonly launch: number; readonly executionName: string },
): Promise<boolean> {
  return run(() =>
    inTransaction(db, async (tx) => {
      const rows = await tx
        .update(launchOrders)
        .set({ executionName })
        .where(
          and(
            eq(launchOrders.taskId, taskId),
            eq(launchOrders.state, 'launched'),
            eq(launchOrders.launches, launch),
            ofOpenTask,
          ),
        )
        .returning({ taskId: launchOrders.taskId });
      if (rows.length === 0) return false;
      await tx
        .update(choreographyTasks)
        .set({ jobExecutionName: executionName })
        .where(eq(choreographyTasks.taskId, taskId));
      return true;
    }),
  );
}

/** Tasks that have waited for a launch for longer than that since they were ordered, the oldest first. */
export function findOverdueTasks(
  db: Database,
  { longestWaitSec }: { readonly longestWaitSec: number },
): Promise<string[]> {
  return run(async () => {
    const rows = await db.orm
      .select({ taskId: launchOrders.taskId })
      .from(launchOrders)
      .where(
        and(
          eq(launchOrders.state, 'queued'),
          sql`${launchOrders.createdAt} < ${clockNow} - make_interval(secs => ${longestWaitSec})`,
          ofOpenTask,
        ),
      )
      .orderBy(launchOrders.createdAt, launchOrders.taskId);
    return rows.map(({ taskId }) => taskId);
  });
}

/** How many orders of others are launched before a task's own; null where it does not wait to be launched. */
export function queuePosition(db: Database, taskId: string): Promise<number | null> {
  return run(async () => {
    const { rows } = await db.orm.execute<{ before: number }>(sql`
      select (select count(*)::int from launch_orders o
        where o.state = 'queued' and (o.created_at, o.task_id) < (own.created_at, own.task_id)) as before
      from launch_orders own where own.task_id = ${taskId} and own.state = 'queued'`);
    return rows[0]?.before ?? null;
  });
}

/** Marks an order as needing no launch any more; harmless where it is so already. */
export function finishLaunchOrder(db: Database, taskId: string): Promise<void> {
  return run(() => finishOrderOf(db.orm, taskId));
}
