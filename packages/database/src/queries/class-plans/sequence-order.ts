import { sql } from 'drizzle-orm';
import { classPlanSequences, classPlans } from '../../schema/index.ts';
import type { Transaction } from '../../transaction.ts';

/**
 * Renumbers the sequences of all plans of an instructor from 0 without holes, in the order they have. The lock on
 * their belongings has to be held.
 */
export async function closeGapsOf(tx: Transaction, instructorId: number): Promise<void> {
  await tx.execute(sql`
    update ${classPlanSequences} as moved
    set sequence_order = counted.sequence_order
    from (
      select s.id, row_number() over (partition by s.class_plan_id order by s.sequence_order) - 1 as sequence_order
      from ${classPlanSequences} s join ${classPlans} p on p.id = s.class_plan_id
      where p.instructor_id = ${instructorId}
    ) as counted
    where moved.id = counted.id and moved.sequence_order <> counted.sequence_order`);
}
