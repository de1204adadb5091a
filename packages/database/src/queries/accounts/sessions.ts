import { and, desc, eq, gt, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { refreshSessions } from '../../schema/index.ts';
import type { Transaction } from '../../transaction.ts';
import { type Page, type PageRequest, pageOf, run } from '../run.ts';

/** A login that goes on, as its owner sees it. */
export interface OpenSession {
  /** Stays the same however often its token is replaced. */
  readonly familyId: string;
  /** What the client called itself; null where it did not. */
  readonly userAgent: string | null;
  readonly startedAt: Date;
  /** When it last got an access token. */
  readonly usedAt: Date;
  readonly expiresAt: Date;
}

type Connection = Database['orm'] | Transaction;

const isOpen = (userId: number) =>
  and(
    eq(refreshSessions.userId, userId),
    isNull(refreshSessions.revokedAt),
    gt(refreshSessions.expiresAt, clockNow),
  );

/** One page of a user's sessions that go on, the latest used first; empty where there is none. */
export function listOpenSessions(
  db: Database,
  { userId, limit, offset }: PageRequest & { readonly userId: number },
): Promise<Page<OpenSession>> {
  return run(async () => {
    const total = db.orm.$count(refreshSessions, isOpen(userId));
    const usedAt = sql<Date>`coalesce(${refreshSessions.usedAt}, ${refreshSessions.createdAt})`.mapWith(
      refreshSessions.createdAt,
    );
    const rows = await db.orm
      .select({
        familyId: refreshSessions.familyId,
        userAgent: refreshSessions.userAgent,
        // Of those before it in its family, the expired ones are gone.
        startedAt: sql<Date>`(select min(f.created_at) from refresh_sessions f
          where f.family_id = "refresh_sessions"."family_id")`.mapWith(refreshSessions.createdAt),
        usedAt,
        expiresAt: refreshSessions.expiresAt,
        total,
      })
      .from(refreshSessions)
      .where(isOpen(userId))
      .orderBy(desc(usedAt), desc(refreshSessions.id))
      .limit(limit)
      .offset(offset);
    return pageOf(
      rows.map(({ total, ...row }) => ({ row, total })),
      () => total,
    );
  });
}

/** Ends a login of the user; false where they have no such one that goes on. */
export function endSession(db: Database, userId: number, familyId: string): Promise<boolean> {
  const isOfFamily = and(isOpen(userId), eq(refreshSessions.familyId, familyId));
  return run(async () => (await endAll(db.orm, isOfFamily)) > 0);
}

/** Ends all logins of the user, or all but one; returns how many. */
export function endSessions(
  { orm }: { readonly orm: Connection },
  userId: number,
  { exceptFamilyId }: { readonly exceptFamilyId?: string | null } = {},
): Promise<number> {
  const isOther = exceptFamilyId == null ? undefined : ne(refreshSessions.familyId, exceptFamilyId);
  return run(() => endAll(orm, and(isOpen(userId), isOther)));
}

/**
 * Ends sessions until none of them is open; returns how many. A token that is being replaced meanwhile is seen as open still;
 * once that is done, the one in its place is there, which only a later statement sees.
 */
export async function endAll(orm: Connection, which: SQL | undefined): Promise<number> {
  let count = 0;
  do {
    const { rowCount } = await orm.update(refreshSessions).set({ revokedAt: clockNow }).where(which);
    count += rowCount ?? 0;
  } while ((await orm.$count(refreshSessions, which)) > 0);
  return count;
}
