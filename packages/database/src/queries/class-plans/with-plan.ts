import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { classPlanSequences, classPlans } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { lockBelongingsOf } from '../collections/user-lock.ts';
import { run } from '../run.ts';

/** Which plan; another instructor's counts as not found. */
export interface ClassPlanKey {
  readonly classPlanId: string;
  readonly instructorId: number;
}

/** Work on a plan while nobody else changes it, nor the collection. */
export function withPlan<Outcome>(
  db: Database,
  { classPlanId, instructorId }: ClassPlanKey,
  work: (tx: Transaction) => Promise<Outcome>,
): Promise<Outcome | { readonly outcome: 'plan_not_found' }> {
  return run(() =>
    inTransaction(db, async (tx) => {
      await lockBelongingsOf(tx, instructorId);
      const [plan] = await tx
        .select({ id: classPlans.id })
        .from(classPlans)
        .where(and(eq(classPlans.id, classPlanId), eq(classPlans.instructorId, instructorId)));
      return plan === undefined ? { outcome: 'plan_not_found' as const } : work(tx);
    }),
  );
}

export async function markChanged(tx: Transaction, classPlanId: string): Promise<void> {
  await tx.update(classPlans).set({ updatedAt: clockNow }).where(eq(classPlans.id, classPlanId));
}

/** The ids of a plan's sequences, first to last. */
export async function sequenceIdsOf(tx: Transaction, classPlanId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: classPlanSequences.id })
    .from(classPlanSequences)
    .where(eq(classPlanSequences.classPlanId, classPlanId))
    .orderBy(asc(classPlanSequences.sequenceOrder));
  return rows.map(({ id }) => id);
}
