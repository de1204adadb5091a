import { SUBMITTED } from '@bachata-buddy/vocabulary';
import { and, eq, exists, isNotNull, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { blueprints, choreographyTasks, launchOrders } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import type { AnsweredRequest } from '../accounts/idempotency-keys.ts';
import { run } from '../run.ts';
import { keepAnswerOrStop } from './blueprints.ts';
import { isBefore } from './transitions.ts';

export interface LaunchToRenew {
  readonly taskId: string;
  /** Of the span that its jobs are to belong to (W3C Trace Context). */
  readonly traceparent?: string | undefined;
  /** Kept with the rest, so that a repeat of the request can never begin another round. */
  readonly answered?: AnsweredRequest | undefined;
}

/**
 * Hands a task that has had its video over to rendering once more, all or nothing: it is `started` again, from its
 * blueprint as it is, and its launch order is queued. The attempt that was the last one loses its right to write with
 * that, for its number is passed. Earlier attempts and launches are excused, so that the new round has as many as the
 * first. What the task resulted in stays until there is a new result.
 *
 * @returns false, with nothing changed, where the task is open or has never had a video
 * @throws AppError `DB_REQUEST_REPLACED`, with nothing changed, where a repeat of the request went on in its place
 */
export function renewLaunch(
  db: Database,
  { taskId, traceparent, answered }: LaunchToRenew,
): Promise<boolean> {
  return run(() =>
    inTransaction(db, async (tx) => {
      const attempt = await reopen(tx, taskId);
      if (attempt === undefined) return false;
      await tx
        .update(launchOrders)
        .set({
          state: 'queued',
          availableAt: clockNow,
          createdAt: clockNow,
          submissions: 0,
          executionName: null,
          owner: null,
          excused: sql`greatest(${launchOrders.launches}, ${attempt}::integer)`,
          traceparent: traceparent ?? null,
        })
        .where(eq(launchOrders.taskId, taskId));
      if (answered !== undefined) await keepAnswerOrStop(tx, answered);
      return true;
    }),
  );
}

/** @returns the number that the task's next attempt follows; undefined where it is not to be opened again */
async function reopen(tx: Transaction, taskId: string): Promise<number | undefined> {
  const withBlueprint = exists(tx.select().from(blueprints).where(eq(blueprints.taskId, taskId)));
  const [row] = await tx
    .update(choreographyTasks)
    .set({
      status: 'started',
      attempt: sql`${choreographyTasks.attempt} + 1`,
      progress: 0,
      ...SUBMITTED,
      error: null,
      completedAt: null,
      heldBy: null,
      heartbeatAt: null,
      jobExecutionName: null,
      updatedAt: clockNow,
    })
    .where(
      and(
        eq(choreographyTasks.taskId, taskId),
        isBefore('renewLaunch'),
        isNotNull(choreographyTasks.result),
        withBlueprint,
      ),
    )
    .returning({ attempt: choreographyTasks.attempt });
  return row?.attempt;
}
