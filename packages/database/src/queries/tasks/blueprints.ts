import { SUBMITTED } from '@bachata-buddy/vocabulary';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { dbError } from '../../errors.ts';
import { clockNow } from '../../schema/columns.ts';
import { blueprints, choreographyTasks, launchOrders } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { type AnsweredRequest, keepAnswer } from '../accounts/idempotency-keys.ts';
import { run } from '../run.ts';
import { isBefore } from './transitions.ts';

export interface StoredBlueprint {
  /**
   * The document. The order of an object's keys is the database's, not the writer's: a hash to compare has to be
   * taken over sorted keys.
   */
  readonly blueprint: unknown;
  /** As the writer gave it, hexadecimal. */
  readonly sha256: string;
}

export interface BlueprintToStore extends StoredBlueprint {
  readonly taskId: string;
  /** Of the span that its jobs are to belong to (W3C Trace Context). */
  readonly traceparent?: string | undefined;
  /** Kept with the rest, so that a repeat of the request can never begin a second task. */
  readonly answered?: AnsweredRequest | undefined;
}

/**
 * Hands a planned task over to rendering, all or nothing: stores the blueprint, queues the launch order and
 * moves the task from `pending` to `started`, stage `video_assembly`.
 *
 * @returns false, with nothing stored, where the task is not pending any more (cancelled meanwhile)
 * @throws AppError `DB_REQUEST_REPLACED`, with nothing stored, where a repeat of the request went on in its place
 */
export function storeBlueprintAndOrderLaunch(
  db: Database,
  { taskId, blueprint, sha256, traceparent, answered }: BlueprintToStore,
): Promise<boolean> {
  return run(() =>
    inTransaction(db, async (tx) => {
      const started = await tx
        .update(choreographyTasks)
        .set({
          status: 'started',
          ...SUBMITTED,
          updatedAt: clockNow,
        })
        .where(and(eq(choreographyTasks.taskId, taskId), isBefore('storeBlueprintAndOrderLaunch')))
        .returning({ taskId: choreographyTasks.taskId });
      if (started.length === 0) return false;
      await tx.insert(blueprints).values({ taskId, blueprint, sha256 });
      await tx.insert(launchOrders).values({ taskId, traceparent: traceparent ?? null });
      if (answered !== undefined) await keepAnswerOrStop(tx, answered);
      return true;
    }),
  );
}

/** @throws AppError `DB_REQUEST_REPLACED`, which takes back all of the transaction */
export async function keepAnswerOrStop(tx: Transaction, answered: AnsweredRequest): Promise<void> {
  if (await keepAnswer(tx, answered)) return;
  throw dbError('DB_REQUEST_REPLACED', 'A repeat of this request went on in its place.');
}

/** The blueprint of that task, or null. */
export function findBlueprint(db: Database, taskId: string): Promise<StoredBlueprint | null> {
  return run(async () => {
    const [row] = await db.orm
      .select({ blueprint: blueprints.blueprint, sha256: blueprints.sha256 })
      .from(blueprints)
      .where(eq(blueprints.taskId, taskId));
    return row ?? null;
  });
}
