import { eq } from 'drizzle-orm';
import { users } from '../../schema/index.ts';
import type { Transaction } from '../../transaction.ts';

/**
 * From here to the end of the transaction no other one that takes this lock changes what the user keeps: the
 * collection and the class plans that refer to it. One lock, taken first, so that none waits for another in a
 * circle. Rows that merely refer to the user can still be written.
 */
export async function lockBelongingsOf(tx: Transaction, userId: number): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
}
