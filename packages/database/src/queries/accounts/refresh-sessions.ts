import { and, desc, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { refreshSessions } from '../../schema/index.ts';
import { run, theRow } from '../run.ts';

export type RefreshSession = typeof refreshSessions.$inferSelect;

export interface NewRefreshSession {
  readonly userId: number;
  /** Hash of the refresh token; the token itself is stored nowhere. */
  readonly tokenHash: string;
  readonly expiresAt: Date;
  readonly userAgent?: string | null;
  /** The family of the session this one replaces; a new family by default. */
  readonly familyId?: string;
}

/** Records a login, or what a rotation made of it. */
export function createRefreshSession(db: Database, values: NewRefreshSession): Promise<RefreshSession> {
  return run(async () => theRow(await db.orm.insert(refreshSessions).values(values).returning()));
}

/** The session of that token, also when it is revoked or has expired, or null where it was never given out. */
export function findRefreshSession(db: Database, tokenHash: string): Promise<RefreshSession | null> {
  return run(
    async () =>
      (await db.orm.select().from(refreshSessions).where(eq(refreshSessions.tokenHash, tokenHash)))[0] ??
      null,
  );
}

/**
 * Ends one session.
 *
 * @returns true for the one call that ended it; false where it was ended before or is unknown, so that of two
 *   rotations at the same time one alone goes on
 */
export function revokeRefreshSession(db: Database, tokenHash: string): Promise<boolean> {
  return run(async () => {
    const rows = await db.orm
      .update(refreshSessions)
      .set({ revokedAt: clockNow })
      .where(and(eq(refreshSessions.tokenHash, tokenHash), isNull(refreshSessions.revokedAt)))
      .returning({ id: refreshSessions.id });
    return rows.length > 0;
  });
}

/** Ends every session of a family (a token was used twice); returns how many were still open. */
export function revokeRefreshFamily(db: Database, familyId: string): Promise<number> {
  return run(async () => {
    const rows = await db.orm
      .update(refreshSessions)
      .set({ revokedAt: clockNow })
      .where(and(eq(refreshSessions.familyId, familyId), isNull(refreshSessions.revokedAt)))
      .returning({ id: refreshSessions.id });
    return rows.length;
  });
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
