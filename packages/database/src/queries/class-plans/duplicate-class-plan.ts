import { foldForSearch } from '@bachata-buddy/platform';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { classPlanSequences, classPlans } from '../../schema/index.ts';
import { inTransaction } from '../../transaction.ts';
import { lockBelongingsOf } from '../collections/user-lock.ts';
import { run, theRow } from '../run.ts';
import { type ClassPlanWithSequences, readClassPlan } from './class-plans.ts';

const COPY_SUFFIX = ' (Copy)';
const MAX_TITLE_LENGTH = 200;

/**
 * Copies an instructor's plan with its sequences, which name the same choreographies. ` (Copy)` is added to the
 * title, of which the end is cut off where that would be too long.
 *
 * @returns the copy, or null where the instructor has no plan of that id
 */
export function duplicateClassPlan(
  db: Database,
  id: string,
  instructorId: number,
): Promise<ClassPlanWithSequences | null> {
  return run(() =>
    inTransaction(db, async (tx) => {
      await lockBelongingsOf(tx, instructorId);
      const [plan] = await tx
        .select({
          instructorId: classPlans.instructorId,
          title: classPlans.title,
          description: classPlans.description,
          instructorNotes: classPlans.instructorNotes,
          difficultyLevel: classPlans.difficultyLevel,
          estimatedDurationMinutes: classPlans.estimatedDurationMinutes,
        })
        .from(classPlans)
        .where(and(eq(classPlans.id, id), eq(classPlans.instructorId, instructorId)));
      if (plan === undefined) return null;
      const copy = theRow(
        await tx
          .insert(classPlans)
          .values({ ...plan, ...titleOfCopy(plan) })
          .returning({ id: classPlans.id }),
      );
      await tx.execute(sql`
        insert into ${classPlanSequences} (class_plan_id, choreography_id, sequence_order, notes, estimated_time)
        select ${copy.id}::uuid, choreography_id, sequence_order, notes, estimated_time
        from ${classPlanSequences} where class_plan_id = ${id}`);
      return readClassPlan(tx, copy.id, instructorId);
    }),
  );
}

/** Characters are counted as the column counts them. */
function titleOfCopy({ title }: { readonly title: string }) {
  const beginning = [...title].slice(0, MAX_TITLE_LENGTH - COPY_SUFFIX.length).join('');
  const copied = `${beginning}${COPY_SUFFIX}`;
  return { title: copied, titleFolded: foldForSearch(copied) };
}
