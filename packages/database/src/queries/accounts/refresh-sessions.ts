import { and, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { refreshSessions, users } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { run, theRow } from '../run.ts';
import { endAll } from './sessions.ts';

export type RefreshSession = typeof refreshSessions.$inferSelect;

export interface NewRefreshSession {
  readonly userId: number;
  /** Hash of the refresh token; the token itself is stored nowhere. */
  readonly tokenHash: string;
  readonly expiresAt: Date;
  readonly userAgent?: string | null;
  readonly usedAt?: Date;
  /** The family of the session this one replaces; a new family by default. */
  readonly familyId?: string;
}

/** Records a login, or what a rotation made of it. */
export function createRefreshSession(db: Database, values: NewRefreshSession): Promise<RefreshSession> {
  return run(async () => theRow(await db.orm.insert(refreshSessions).values(values).returning()));
}

export interface VerifiedPassword {
  /** The hash that the password was found to be right for. */
  readonly verifiedHash: string;
  /** What takes its place; absent: it stays. */
  readonly passwordHash?: string | undefined;
}

/**
 * Records a login by password, and when it was; all or nothing. Whoever gives the account another password meanwhile
 * comes before it, or ends this session as well.
 *
 * @returns null where the account has another password by now, or is gone: nothing is written then
 */
export function createLoginSession(
  db: Database,
  values: NewRefreshSession,
  { verifiedHash, passwordHash = verifiedHash }: VerifiedPassword,
): Promise<RefreshSession | null> {
  return run(() =>
    inTransaction(db, async (tx) => {
      const { rowCount } = await tx
        .update(users)
        .set({ lastLogin: new Date(), passwordHash })
        .where(and(eq(users.id, values.userId), eq(users.passwordHash, verifiedHash)));
      return rowCount === 0 ? null : theRow(await tx.insert(refreshSessions).values(values).returning());
    }),
  );
}

/** The session of that token, also when it is revoked or has expired, or null where it was never given out. */
export function findRefreshSession(db: Database, tokenHash: string): Promise<RefreshSession | null> {
  return run(
    async () =>
      (await db.orm.select().from(refreshSessions).where(eq(refreshSessions.tokenHash, tokenHash)))[0] ??
      null,
  );
}

/** `replaced`: just before, by somebody who sent the same token; `successor` is what they got, which nobody has used. */
export type Rotation =
  | { readonly outcome: 'rotated' }
  | { readonly outcome: 'replaced'; readonly successor: RefreshSession }
  | { readonly outcome: 'lost' };

/**
 * Puts another session in the place of one, both or neither. Of several that do so at the same time one succeeds; the
 * others learn of its successor, if they come within `graceSec` and before that is used. Else the token is used twice.
 */
export function rotateRefreshSession(
  db: Database,
  tokenHash: string,
  { successor, graceSec }: { readonly successor: NewRefreshSession; readonly graceSec: number },
): Promise<Rotation> {
  return run(() =>
    inTransaction(db, async (tx): Promise<Rotation> => {
      // Whoever comes second waits here for whoever came first.
      const [ended] = await tx
        .update(refreshSessions)
        .set({ revokedAt: clockNow })
        .where(and(eq(refreshSessions.tokenHash, tokenHash), isNull(refreshSessions.revokedAt)))
        .returning({ id: refreshSessions.id });
      if (ended === undefined) return findReplacement(tx, tokenHash, graceSec);
      const { id: replacedBy } = theRow(
        await tx.insert(refreshSessions).values(successor).returning({ id: refreshSessions.id }),
      );
      await tx.update(refreshSessions).set({ replacedBy }).where(eq(refreshSessions.id, ended.id));
      return { outcome: 'rotated' };
    }),
  );
}

async function findReplacement(tx: Transaction, tokenHash: string, graceSec: number): Promise<Rotation> {
  const replaced = alias(refreshSessions, 'replaced');
  const [found] = await tx
    .select({ successor: refreshSessions })
    .from(refreshSessions)
    .innerJoin(replaced, eq(replaced.replacedBy, refreshSessions.id))
    .where(
      and(
        eq(replaced.tokenHash, tokenHash),
        sql`${replaced.revokedAt} > ${clockNow} - make_interval(secs => ${graceSec})`,
        isNull(refreshSessions.revokedAt),
      ),
    );
  return found === undefined ? { outcome: 'lost' } : { outcome: 'replaced', ...found };
}

/** Notes that a session's token was used. */
export function noteSessionUse(db: Database, tokenHash: string): Promise<void> {
  return run(async () => {
    await db.orm
      .update(refreshSessions)
      .set({ usedAt: clockNow })
      .where(eq(refreshSessions.tokenHash, tokenHash));
  });
}

/** Ends every session of a family (a logout, a token used twice); returns how many were still open. */
export function revokeRefreshFamily(db: Database, familyId: string): Promise<number> {
  const isOfFamily = and(eq(refreshSessions.familyId, familyId), isNull(refreshSessions.revokedAt));
  return run(() => endAll(db.orm, isOfFamily));
}

/** Ends a user's oldest sessions, so that no more than `keep` are open; returns how many it were. */
export function endOldestSessions(db: Database, userId: number, keep: number): Promise<number> {
  return run(async () => {
    const open = and(eq(refreshSessions.userId, userId), isNull(refreshSessions.revokedAt));
    const { rowCount } = await db.orm
      .delete(refreshSessions)
      .where(
        inArray(
          refreshSessions.id,
          db.orm
            .select({ id: refreshSessions.id })
            .from(refreshSessions)
            .where(open)
            .orderBy(desc(refreshSessions.createdAt), desc(refreshSessions.id))
            .offset(keep),
        ),
      );
    return rowCount ?? 0;
  });
}

/** Removes sessions that have expired: their tokens are refused for their age anyway. Returns how many. */
export function deleteExpiredRefreshSessions(db: Database): Promise<number> {
  return run(async () => {
    const { rowCount } = await db.orm.delete(refreshSessions).where(lte(refreshSessions.expiresAt, clockNow));
    return rowCount ?? 0;
  });
}
