import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { passwordResets, users } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { run } from '../run.ts';
import { endSessions } from './sessions.ts';
import { isNamed } from './user-names.ts';
import type { User } from './users.ts';

/** Gives an account another password and ends all its sessions, and what was to reset the one before; all or nothing. */
export function replacePassword(db: Database, userId: number, passwordHash: string): Promise<void> {
  return run(() => inTransaction(db, (tx) => replaceInTransaction(tx, userId, passwordHash)));
}

async function replaceInTransaction(tx: Transaction, userId: number, passwordHash: string): Promise<void> {
  await tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
  await tx.delete(passwordResets).where(eq(passwordResets.userId, userId));
  await endSessions({ orm: tx }, userId);
}

export interface NewPasswordReset {
  /** Of what its owner is given; that itself is stored nowhere. */
  readonly tokenHash: string;
  readonly validSec: number;
}

/**
 * Lets whoever has the token give the account of that name another password, once. One that was given before ends.
 *
 * @returns the account, or null where there is none of that name
 */
export function createPasswordReset(
  db: Database,
  username: string,
  { tokenHash, validSec }: NewPasswordReset,
): Promise<User | null> {
  return run(async () => {
    const [user] = await db.orm.select().from(users).where(isNamed(username));
    if (user === undefined) return null;
    const expiresAt = sql`${clockNow} + make_interval(secs => ${validSec})`;
    await db.orm
      .insert(passwordResets)
      .values({ userId: user.id, tokenHash, expiresAt })
      .onConflictDoUpdate({ target: passwordResets.userId, set: { tokenHash, expiresAt } });
    return user;
  });
}

const isValid = (tokenHash: string) =>
  and(eq(passwordResets.tokenHash, tokenHash), gt(passwordResets.expiresAt, clockNow));

/** Whose password a token is for; null where it has been used, has expired or never was. */
export function findPasswordReset(db: Database, tokenHash: string): Promise<User | null> {
  return run(async () => {
    const [found] = await db.orm
      .select({ user: users })
      .from(passwordResets)
      .innerJoin(users, eq(users.id, passwordResets.userId))
      .where(isValid(tokenHash));
    return found?.user ?? null;
  });
}

/** Uses a token up, as {@link replacePassword}. Of several at the same time one succeeds; false: it is good no more. */
export function usePasswordReset(db: Database, tokenHash: string, passwordHash: string): Promise<boolean> {
  return run(() =>
    inTransaction(db, async (tx) => {
      const [used] = await tx
        .delete(passwordResets)
        .where(isValid(tokenHash))
        .returning({ userId: passwordResets.userId });
      if (used === undefined) return false;
      await replaceInTransaction(tx, used.userId, passwordHash);
      return true;
    }),
  );
}

/** Removes tokens that have expired; returns how many. */
export function deleteExpiredPasswordResets(db: Database): Promise<number> {
  return run(async () => {
    const { rowCount } = await db.orm.delete(passwordResets).where(lte(passwordResets.expiresAt, clockNow));
    return rowCount ?? 0;
  });
}
