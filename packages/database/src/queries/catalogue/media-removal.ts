import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { moveEmbeddings, songs } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { run } from '../run.ts';
import { forgetHeard } from './forget-heard.ts';
import { findMediaNeeds, type MediaNeeds } from './media-needs.ts';

/**
 * Removes the objects under storage keys; harmless for those that are gone. Called before the row goes for good, so that
 * where it fails all can be tried again.
 */
export type RemoveFiles = (keys: readonly string[]) => Promise<void>;

/** What became of a row of the catalogue, or would have. */
export interface MediaRemoval {
  readonly needs: MediaNeeds;
  /** Whether the row may go: no open task, collection or class plan needs its files. */
  readonly isRemovable: boolean;
}

/** A move as whoever keeps the library sees it. */
export interface KeptMove {
  readonly moveId: string;
  readonly label: string;
  readonly tempoBpm: number;
  readonly counts: number;
  /** Storage key of the clip as it was brought in. */
  readonly videoPath: string;
  readonly preparedPath: string | null;
  /** Since when it is offered no more. */
  readonly retiredAt: Date | null;
}

/** Every move, those that are offered no more as well, by id. */
export function listKeptMoves(db: Database): Promise<KeptMove[]> {
  return run(() =>
    db.orm
      .select({
        moveId: moveEmbeddings.moveId,
        label: moveEmbeddings.label,
        tempoBpm: moveEmbeddings.tempoBpm,
        counts: moveEmbeddings.counts,
        videoPath: moveEmbeddings.videoPath,
        preparedPath: moveEmbeddings.preparedPath,
        retiredAt: moveEmbeddings.retiredAt,
      })
      .from(moveEmbeddings)
      .orderBy(sql`${moveEmbeddings.moveId} collate "C"`),
  );
}

/**
 * Takes a song out of the catalogue, unless something needs it. Ended tasks that were made with it stay, and name no
 * song any more.
 *
 * @param removeFiles null: only look what would become of it
 * @returns null where there is no such song
 */
export function removeSong(
  db: Database,
  id: number,
  removeFiles: RemoveFiles | null,
): Promise<MediaRemoval | null> {
  return run(() =>
    inTransaction(db, async (tx) => {
      // Locked, so that no task of this song begins before the row is gone.
      const [song] = await tx.select().from(songs).where(eq(songs.id, id)).for('update');
      if (song === undefined) return null;
      const freedKeys = [song.audioPath];
      const removal = judge(await findMediaNeeds(tx, { keys: freedKeys, songId: id }));
      if (!removal.isRemovable || removeFiles === null) return removal;
      await tx.delete(songs).where(eq(songs.id, id));
      await forgetHeard(tx, song.contentHash);
      await removeFiles(freedKeys);
      return removal;
    }),
  );
}

/**
 * Takes a move out of the catalogue, unless something needs its clip.
 *
 * @param removeFiles null: only look what would become of it
 * @returns null where there is no such move
 */
export function removeMove(
  db: Database,
  moveId: string,
  removeFiles: RemoveFiles | null,
): Promise<MediaRemoval | null> {
  const isIt = eq(moveEmbeddings.moveId, moveId);
  return run(() =>
    inTransaction(db, async (tx) => {
      const [move] = await tx.select().from(moveEmbeddings).where(isIt).for('update');
      if (move === undefined) return null;
      const { videoPath, preparedPath } = move;
      const keys = preparedPath === null ? [videoPath] : [videoPath, preparedPath];
      const freedKeys = await keysOfNoOtherMove(tx, keys, moveId);
      const removal = judge(await findMediaNeeds(tx, { keys: freedKeys, songId: null }));
      if (!removal.isRemovable || removeFiles === null) return removal;
      await tx.delete(moveEmbeddings).where(isIt);
      await removeFiles(freedKeys);
      return removal;
    }),
  );
}

function judge(needs: MediaNeeds): MediaRemoval {
  const { openTasks, collectionItems, classPlans } = needs;
  return { needs, isRemovable: openTasks.length + collectionItems.length + classPlans.length === 0 };
}

/** Two moves may show one film, and share what was prepared of it. */
async function keysOfNoOtherMove(
  tx: Transaction,
  keys: readonly string[],
  moveId: string,
): Promise<string[]> {
  const wanted = [...keys];
  const others = await tx
    .select({ source: moveEmbeddings.videoPath, prepared: moveEmbeddings.preparedPath })
    .from(moveEmbeddings)
    .where(
      and(
        ne(moveEmbeddings.moveId, moveId),
        or(inArray(moveEmbeddings.videoPath, wanted), inArray(moveEmbeddings.preparedPath, wanted)),
      ),
    );
  const named = new Set(others.flatMap(({ source, prepared }) => [source, prepared]));
  return wanted.filter((key) => !named.has(key));
}
