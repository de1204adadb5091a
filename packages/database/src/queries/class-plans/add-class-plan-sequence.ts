import { and, desc, eq, gte, or, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { classPlanSequences, savedChoreographies } from '../../schema/index.ts';
import type { Transaction } from '../../transaction.ts';
import { saveInTransaction } from '../collections/save-choreography.ts';
import type { SavedChoreography } from '../collections/saved-choreographies.ts';
import { theRow } from '../run.ts';
import type { ClassPlanSequence } from './class-plans.ts';
import { type ClassPlanKey, markChanged, sequenceIdsOf, withPlan } from './with-plan.ts';

/** What a reordering may name at once: more could be added, but never put in order. */
export const MAX_CLASS_PLAN_SEQUENCES = 500;

export interface NewClassPlanSequence extends ClassPlanKey {
  /** The id of an item in the instructor's collection, or of a task of theirs, saved on the way if need be. */
  readonly choreographyId: string;
  /** From 1. What was there and after it moves on. Default, also for a greater one than that: the end. */
  readonly position?: number;
  readonly notes?: string;
  readonly estimatedTimeMinutes?: number | null;
}

/** `task_not_completed`: the id is that of a task which has no video (yet); `plan_full`: it has as many as it may. */
export type AddSequenceOutcome =
  | { readonly outcome: 'added'; readonly sequence: ClassPlanSequence }
  | {
      readonly outcome: 'plan_not_found' | 'plan_full' | 'choreography_not_found' | 'task_not_completed';
    };

/** Puts a choreography into a plan; of additions at the same time each gets a place of its own. */
export function addClassPlanSequence(
  db: Database,
  { choreographyId, position, notes, estimatedTimeMinutes, ...plan }: NewClassPlanSequence,
): Promise<AddSequenceOutcome> {
  return withPlan(db, plan, async (tx): Promise<AddSequenceOutcome> => {
    const { length } = await sequenceIdsOf(tx, plan.classPlanId);
    if (length >= MAX_CLASS_PLAN_SEQUENCES) return { outcome: 'plan_full' };
    const choreography = await findOrSave(tx, plan.instructorId, choreographyId);
    if (typeof choreography === 'string') return { outcome: choreography };
    const sequenceOrder = Math.min(Math.max((position ?? length + 1) - 1, 0), length);
    await tx
      .update(classPlanSequences)
      .set({ sequenceOrder: sql`${classPlanSequences.sequenceOrder} + 1` })
      .where(
        and(
          eq(classPlanSequences.classPlanId, plan.classPlanId),
          gte(classPlanSequences.sequenceOrder, sequenceOrder),
        ),
      );
    const sequence = theRow(
      await tx
        .insert(classPlanSequences)
        .values({
          classPlanId: plan.classPlanId,
          choreographyId: choreography.id,
          sequenceOrder,
          ...(notes === undefined ? {} : { notes }),
          ...(estimatedTimeMinutes === undefined ? {} : { estimatedTimeMinutes }),
        })
        .returning(),
    );
    await markChanged(tx, plan.classPlanId);
    return { outcome: 'added', sequence: { ...sequence, choreography } };
  });
}

/** The item of that id or of that task; an item comes first. */
async function findOrSave(
  tx: Transaction,
  userId: number,
  choreographyOrTaskId: string,
): Promise<SavedChoreography | 'choreography_not_found' | 'task_not_completed'> {
  const isItem = eq(savedChoreographies.id, choreographyOrTaskId);
  const [item] = await tx
    .select()
    .from(savedChoreographies)
    .where(
      and(
        eq(savedChoreographies.userId, userId),
        or(isItem, eq(savedChoreographies.taskId, choreographyOrTaskId)),
      ),
    )
    .orderBy(desc(isItem))
    .limit(1);
  if (item !== undefined) return item;
  const saved = await saveInTransaction(tx, { userId, taskId: choreographyOrTaskId });
  if ('choreography' in saved) return saved.choreography;
  return saved.outcome === 'task_not_found' ? 'choreography_not_found' : saved.outcome;
}
