import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { classPlanSequences, savedChoreographies } from '../../schema/index.ts';
import type { ClassPlanSequence } from './class-plans.ts';
import { closeGapsOf } from './sequence-order.ts';
import { type ClassPlanKey, markChanged, sequenceIdsOf, withPlan } from './with-plan.ts';

type SequenceMissing = { readonly outcome: 'plan_not_found' | 'sequence_not_found' };
export type UpdateSequenceOutcome =
  | { readonly outcome: 'updated'; readonly sequence: ClassPlanSequence }
  | SequenceMissing;
export type RemoveSequenceOutcome = { readonly outcome: 'removed' } | SequenceMissing;
export type ReorderOutcome =
  | {
      readonly outcome: 'reordered';
      readonly sequences: readonly { readonly id: string; readonly sequenceOrder: number }[];
    }
  | { readonly outcome: 'plan_not_found' | 'invalid_sequence_ids' };

function ofPlan({ classPlanId }: ClassPlanKey, sequenceId: string): SQL | undefined {
  return and(eq(classPlanSequences.id, sequenceId), eq(classPlanSequences.classPlanId, classPlanId));
}

/** Changes the notes or the minutes of a sequence; absent keys stay as they are. */
export function updateClassPlanSequence(
  db: Database,
  { sequenceId, ...plan }: ClassPlanKey & { readonly sequenceId: string },
  patch: { readonly notes?: string; readonly estimatedTimeMinutes?: number | null },
): Promise<UpdateSequenceOutcome> {
  return withPlan(db, plan, async (tx): Promise<UpdateSequenceOutcome> => {
    if (Object.values(patch).some((value) => value !== undefined)) {
      await tx.update(classPlanSequences).set(patch).where(ofPlan(plan, sequenceId));
      await markChanged(tx, plan.classPlanId);
    }
    const [row] = await tx
      .select({ sequence: classPlanSequences, choreography: savedChoreographies })
      .from(classPlanSequences)
      .innerJoin(savedChoreographies, eq(savedChoreographies.id, classPlanSequences.choreographyId))
      .where(ofPlan(plan, sequenceId));
    if (row === undefined) return { outcome: 'sequence_not_found' };
    return { outcome: 'updated', sequence: { ...row.sequence, choreography: row.choreography } };
  });
}

/** Takes a sequence out of its plan; those after it move up. Its choreography stays in the collection. */
export function removeClassPlanSequence(
  db: Database,
  { sequenceId, ...plan }: ClassPlanKey & { readonly sequenceId: string },
): Promise<RemoveSequenceOutcome> {
  return withPlan(db, plan, async (tx): Promise<RemoveSequenceOutcome> => {
    const removed = await tx
      .delete(classPlanSequences)
      .where(ofPlan(plan, sequenceId))
      .returning({ id: classPlanSequences.id });
    if (removed.length === 0) return { outcome: 'sequence_not_found' };
    await closeGapsOf(tx, plan.instructorId);
    await markChanged(tx, plan.classPlanId);
    return { outcome: 'removed' };
  });
}

/**
 * Gives a plan's sequences the order of a list. The list has to name each of them once: one that lacks a sequence
 * (added meanwhile, say), repeats one or names another plan's changes nothing.
 */
export function reorderClassPlanSequences(
  db: Database,
  { sequenceIds, ...plan }: ClassPlanKey & { readonly sequenceIds: readonly string[] },
): Promise<ReorderOutcome> {
  return withPlan(db, plan, async (tx): Promise<ReorderOutcome> => {
    const ids = sequenceIds.map((id) => id.toLowerCase());
    const present = new Set(await sequenceIdsOf(tx, plan.classPlanId));
    const named = new Set(ids);
    const isWhole = ids.length === present.size && named.size === ids.length;
    if (!isWhole || !ids.every((id) => present.has(id))) return { outcome: 'invalid_sequence_ids' };
    await tx.execute(sql`
      update ${classPlanSequences} as moved set sequence_order = listed.position - 1
      from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality as listed (id, position)
      where moved.id = listed.id::uuid`);
    await markChanged(tx, plan.classPlanId);
    return { outcome: 'reordered', sequences: ids.map((id, sequenceOrder) => ({ id, sequenceOrder })) };
  });
}
