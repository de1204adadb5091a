import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { loginLinks, users } from '../../schema/index.ts';
import { inTransaction } from '../../transaction.ts';
import { run } from '../run.ts';
import { isNamed } from './user-names.ts';
import type { User } from './users.ts';

/**
 * Lets whoever has the token that this returns log in as the account of that name, once. One that was given before ends.
 *
 * @returns null where there is no account of that name
 */
export function createLoginLink(db: Database, username: string, validSec: number): Promise<string | null> {
  return run(async () => {
    const [user] = await db.orm.select({ id: users.id }).from(users).where(isNamed(username));
    if (user === undefined) return null;
    const token = randomBytes(32).toString('base64url');
    const tokenHash = hashOf(token);
    const expiresAt = sql`${clockNow} + make_interval(secs => ${validSec})`;
    await db.orm
      .insert(loginLinks)
      .values({ userId: user.id, tokenHash, expiresAt })
      .onConflictDoUpdate({ target: loginLinks.userId, set: { tokenHash, expiresAt } });
    return token;
  });
}

/** Uses a token up. @returns whose it was; null where it has been used, has expired or never was, of several at once of all but one */
export function useLoginLink(db: Database, token: string): Promise<User | null> {
  return run(() =>
    inTransaction(db, async (tx) => {
      const [used] = await tx
        .delete(loginLinks)
        .where(and(eq(loginLinks.tokenHash, hashOf(token)), gt(loginLinks.expiresAt, clockNow)))
        .returning({ userId: loginLinks.userId });
      if (used === undefined) return null;
      const [user] = await tx.select().from(users).where(eq(users.id, used.userId));
      return user ?? null;
    }),
  );
}

/** Removes tokens that have expired; returns how many. */
export function deleteExpiredLoginLinks(db: Database): Promise<number> {
  return run(async () => {
    const { rowCount } = await db.orm.delete(loginLinks).where(lte(loginLinks.expiresAt, clockNow));
    return rowCount ?? 0;
  });
}

/** The token is random enough that a plain hash cannot be reversed. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
