import {
  ASSEMBLY_FAILED,
  COMPLETED,
  OPEN_STATUSES,
  SILENT_AFTER_SEC,
  type StoredTaskResult,
} from '@bachata-buddy/vocabulary';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { blueprints, choreographyTasks, launchOrders } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { autoSaveInTransaction } from '../collections/save-choreography.ts';
import { run, theRow } from '../run.ts';
import { finishOrderOf } from './launch-orders.ts';
import type { Task } from './tasks.ts';

/*
 * What a job writes. Each write names the attempt it belongs to and changes nothing where a later attempt has
 * begun or the task has ended; the job then gets `false` and stops, for it is not the owner any more.
 */

/** The fence every write of an attempt stands behind. */
function ownedBy(taskId: string, attempt: number) {
  return and(
    eq(choreographyTasks.taskId, taskId),
    eq(choreographyTasks.attempt, attempt),
    inArray(choreographyTasks.status, OPEN_STATUSES),
  );
}

export interface ClaimOptions {
  /** The platform's execution that claims, by the last part of its name. Absent: a child process of the service. */
  readonly execution?: string | undefined;
  /** So many attempts a task is given, not counting those that the service itself cut short. Default: no limit. */
  readonly maxAttempts?: number;
}

export interface Claim {
  /** The number that every write of this attempt names. */
  readonly attempt: number;
  /** The same without attempts that the service itself cut short. */
  readonly countedAttempt: number;
  readonly task: Task;
}

/**
 * Begins the next attempt at a task that has a blueprint: status `running`, heartbeat now. Every earlier attempt
 * loses its right to write. A task that has used up its attempts is failed instead.
 *
 * An execution of the platform gets nothing while another one holds the task and is heard of: of two that were
 * started for one task, the second finds that. The same execution, started again by the platform, goes on at once.
 *
 * @returns null where there is nothing to do: the task has ended, is held, has no blueprint or does not exist
 */
export function claimTask(db: Database, taskId: string, options: ClaimOptions = {}): Promise<Claim | null> {
  const { execution, maxAttempts = Number.POSITIVE_INFINITY } = options;
  return run(() =>
    inTransaction(db, async (tx) => {
      const [found] = await tx
        .select({
          attempt: choreographyTasks.attempt,
          heldBy: choreographyTasks.heldBy,
          isHeard: sql<boolean>`coalesce(${choreographyTasks.heartbeatAt}
            >= ${clockNow} - make_interval(secs => ${SILENT_AFTER_SEC}), false)`,
          excused: sql<number>`coalesce(${launchOrders.excused}, 0)`,
        })
        .from(choreographyTasks)
        .innerJoin(blueprints, eq(blueprints.taskId, choreographyTasks.taskId))
        .leftJoin(launchOrders, eq(launchOrders.taskId, choreographyTasks.taskId))
        .where(and(eq(choreographyTasks.taskId, taskId), inArray(choreographyTasks.status, OPEN_STATUSES)))
        .for('update', { of: choreographyTasks });
      if (found === undefined) return null;
      const { attempt, heldBy, isHeard, excused } = found;
      if (execution !== undefined && heldBy !== null && heldBy !== execution && isHeard) return null;
      if (attempt - excused >= maxAttempts) {
        await failUsedUp(tx, taskId, maxAttempts);
        return null;
      }
      const rows = await tx
        .update(choreographyTasks)
        .set({
          attempt: attempt + 1,
          heldBy: execution ?? null,
          status: 'running',
          heartbeatAt: clockNow,
          updatedAt: clockNow,
        })
        .where(eq(choreographyTasks.taskId, taskId))
        .returning();
      return { attempt: attempt + 1, countedAttempt: attempt + 1 - excused, task: theRow(rows) };
    }),
  );
}

async function failUsedUp(tx: Transaction, taskId: string, maxAttempts: number): Promise<void> {
  await tx
    .update(choreographyTasks)
    .set({
      status: 'failed',
      error: `The rendering job stopped unexpectedly, ${maxAttempts} times in a row.`,
      message: ASSEMBLY_FAILED,
      updatedAt: clockNow,
    })
    .where(eq(choreographyTasks.taskId, taskId));
  await finishOrderOf(tx, taskId);
}

export interface Progress {
  /** Percent, a whole number 0..100; a smaller one than the task has already leaves that standing. */
  readonly progress: number;
  readonly stage: string;
  readonly message: string;
}

/** Notes how far an attempt is, which counts as a heartbeat; false where it is not the owner any more. */
export function recordProgress(
  db: Database,
  taskId: string,
  attempt: number,
  { progress, stage, message }: Progress,
): Promise<boolean> {
  return run(async () => {
    const rows = await db.orm
      .update(choreographyTasks)
      .set({
        progress: sql`greatest(${choreographyTasks.progress}, ${progress}::integer)`,
        stage,
        message,
        heartbeatAt: clockNow,
        updatedAt: clockNow,
      })
      .where(ownedBy(taskId, attempt))
      .returning({ taskId: choreographyTasks.taskId });
    return rows.length > 0;
  });
}

/** Says that an attempt is alive; false where it is not the owner any more. `updatedAt` stays. */
export function heartbeat(db: Database, taskId: string, attempt: number): Promise<boolean> {
  return run(async () => {
    const rows = await db.orm
      .update(choreographyTasks)
      .set({ heartbeatAt: clockNow })
      .where(ownedBy(taskId, attempt))
      .returning({ taskId: choreographyTasks.taskId });
    return rows.length > 0;
  });
}

/**
 * Ends a task as `completed` with its result and finishes its launch order; false where the attempt is not the
 * owner any more. Where the user prefers it so, the choreography goes into their collection with that. Numbers of the result come back exactly as they were given.
 */
export function completeTask(
  db: Database,
  taskId: string,
  attempt: number,
  result: StoredTaskResult,
): Promise<boolean> {
  const change = {
    status: 'completed',
    progress: 100,
    ...COMPLETED,
    result,
    error: null,
    completedAt: clockNow,
  } as const;
  return endAttempt(db, taskId, attempt, change, autoSaveInTransaction);
}

export interface AttemptFailure {
  /** For the user, e.g. `FFmpeg error: Invalid video codec`. */
  readonly error: string;
  /** Default `Video assembly failed`. */
  readonly message?: string;
  /** Default: the stage it failed in stays. */
  readonly stage?: string;
}

/**
 * Ends a task as `failed` and finishes its launch order; progress stays where it was. False where the attempt is
 * not the owner any more.
 */
export function failAttempt(
  db: Database,
  taskId: string,
  attempt: number,
  { error, message = ASSEMBLY_FAILED, stage }: AttemptFailure,
): Promise<boolean> {
  return endAttempt(db, taskId, attempt, {
    status: 'failed',
    error,
    message,
    ...(stage === undefined ? {} : { stage }),
  });
}

type TaskChange = Parameters<ReturnType<Database['orm']['update']>['set']>[0];

function endAttempt(
  db: Database,
  taskId: string,
  attempt: number,
  change: TaskChange,
  alsoDo: (tx: Transaction, taskId: string) => Promise<void> = async () => {},
): Promise<boolean> {
  return run(() =>
    inTransaction(db, async (tx) => {
      const rows = await tx
        .update(choreographyTasks)
        .set({ ...change, updatedAt: clockNow })
        .where(ownedBy(taskId, attempt))
        .returning({ taskId: choreographyTasks.taskId });
      if (rows.length === 0) return false;
      await finishOrderOf(tx, taskId);
      await alsoDo(tx, taskId);
      return true;
    }),
  );
}
