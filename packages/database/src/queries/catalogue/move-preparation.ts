import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { moveEmbeddings } from '../../schema/index.ts';
import { run } from '../run.ts';

/** A clip as preparing it needs to know it. */
export interface PreparableMove {
  readonly moveId: string;
  /** Storage key of the source. */
  readonly videoPath: string;
  /** Storage key of what is prepared of it, or null. */
  readonly preparedPath: string | null;
  /** Of the source, as ingest wrote it. */
  readonly contentHash: string | null;
  readonly durationSec: number;
  readonly tempoBpm: number;
  readonly firstDownbeatSec: number;
}

/** Every clip that is not retired, by move id. */
export function listPreparable(db: Database): Promise<PreparableMove[]> {
  return run(() =>
    db.orm
      .select({
        moveId: moveEmbeddings.moveId,
        videoPath: moveEmbeddings.videoPath,
        preparedPath: moveEmbeddings.preparedPath,
        contentHash: moveEmbeddings.contentHash,
        durationSec: moveEmbeddings.durationSec,
        tempoBpm: moveEmbeddings.tempoBpm,
        firstDownbeatSec: moveEmbeddings.firstDownbeatSec,
      })
      .from(moveEmbeddings)
      .where(isNull(moveEmbeddings.retiredAt))
      .orderBy(sql`${moveEmbeddings.moveId} collate "C"`),
  );
}

/**
 * Notes what was prepared of a clip. Preparing takes a while: false where the clip was brought in anew meanwhile, from
 * other bytes, under another key or with other counts, and what was prepared is of the one it was.
 */
export function notePrepared(db: Database, move: PreparableMove, preparedPath: string): Promise<boolean> {
  return run(async () => {
    const rows = await db.orm
      .update(moveEmbeddings)
      .set({ preparedPath, updatedAt: clockNow })
      .where(
        and(
          eq(moveEmbeddings.moveId, move.moveId),
          eq(moveEmbeddings.videoPath, move.videoPath),
          eq(moveEmbeddings.durationSec, move.durationSec),
          eq(moveEmbeddings.tempoBpm, move.tempoBpm),
          eq(moveEmbeddings.firstDownbeatSec, move.firstDownbeatSec),
          sql`${moveEmbeddings.contentHash} is not distinct from ${move.contentHash}`,
        ),
      )
      .returning({ moveId: moveEmbeddings.moveId });
    return rows.length > 0;
  });
}
