import { and, eq, exists, isNotNull, isNull, lt, notExists, or, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { savedChoreographies, songs, uploads } from '../../schema/index.ts';
import { inTransaction } from '../../transaction.ts';
import { run, theRow } from '../run.ts';
import { lockBelongingsOf } from './user-lock.ts';

/** A video is noted in an item right after it was stored; what is older and in none was left behind. */
const TO_BE_NOTED_WITHIN = sql`interval '1 hour'`;

export interface NewUpload {
  readonly key: string;
  readonly userId: number;
  readonly sizeBytes: number;
  /** What the user's videos may take in all. */
  readonly quotaBytes: number;
}

/** Bytes of a user's own videos and songs that lie in storage, those that are about to be removed among them. */
export function uploadedBytes(db: Database, userId: number): Promise<number> {
  return run(async () => theRow(await selectBytes(db.orm, userId)).bytes);
}

/**
 * Notes a video before it is stored. Of several of a user at the same time each is told of those before it.
 *
 * @returns what the user's videos take, with this one where it was noted; `isNoted` is false where it has no room
 */
export function noteUpload(
  db: Database,
  { key, userId, sizeBytes, quotaBytes }: NewUpload,
): Promise<{ readonly isNoted: boolean; readonly usedBytes: number }> {
  return run(() =>
    inTransaction(db, async (tx) => {
      await lockBelongingsOf(tx, userId);
      const { bytes } = theRow(await selectBytes(tx, userId));
      if (bytes + sizeBytes > quotaBytes) return { isNoted: false, usedBytes: bytes };
      await tx.insert(uploads).values({ key, userId, sizeBytes });
      return { isNoted: true, usedBytes: bytes + sizeBytes };
    }),
  );
}

/** Nothing lies under that key any more. */
export function forgetUpload(db: Database, key: string): Promise<void> {
  return run(async () => void (await db.orm.delete(uploads).where(eq(uploads.key, key))));
}

/** Notes which videos no item shows (any more), which songs are there no more, and which are shown again after all. */
export function releaseUploads(db: Database): Promise<void> {
  return run(async () => {
    const one = { one: sql`1` };
    const isVideoShown = db.orm
      .select(one)
      .from(savedChoreographies)
      .where(eq(savedChoreographies.videoPath, uploads.key));
    const isSongThere = db.orm.select(one).from(songs).where(eq(songs.audioPath, uploads.key));
    const isShown = or(exists(isVideoShown), exists(isSongThere));
    await db.orm
      .update(uploads)
      .set({ releasedAt: clockNow })
      .where(
        and(
          isNull(uploads.releasedAt),
          lt(uploads.createdAt, sql`${clockNow} - ${TO_BE_NOTED_WITHIN}`),
          notExists(isVideoShown),
          notExists(isSongThere),
        ),
      );
    await db.orm
      .update(uploads)
      .set({ releasedAt: null })
      .where(and(isNotNull(uploads.releasedAt), isShown));
  });
}

/** Keys of videos that were seen so long ago, or longer, to be shown by no item; the oldest first. */
export function listReleasedUploads(
  db: Database,
  { graceSec, limit }: { readonly graceSec: number; readonly limit: number },
): Promise<string[]> {
  return run(async () => {
    const rows = await db.orm
      .select({ key: uploads.key })
      .from(uploads)
      .where(sql`${uploads.releasedAt} <= ${clockNow} - make_interval(secs => ${graceSec})`)
      .orderBy(uploads.releasedAt)
      .limit(limit);
    return rows.map(({ key }) => key);
  });
}

function selectBytes(orm: Pick<Database['orm'], 'select'>, userId: number) {
  const bytes = sql<number>`coalesce(sum(${uploads.sizeBytes}), 0)::float8`;
  return orm.select({ bytes }).from(uploads).where(eq(uploads.userId, userId));
}
