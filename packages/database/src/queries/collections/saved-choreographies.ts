import { foldForSearch } from '@bachata-buddy/platform';
import type { Difficulty } from '@bachata-buddy/vocabulary';
import { and, eq, like, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { savedChoreographies } from '../../schema/index.ts';
import { inTransaction } from '../../transaction.ts';
import { closeGapsOf } from '../class-plans/sequence-order.ts';
import { foldMusic } from '../folded-texts.ts';
import { containsFolded, inFoldedOrder, listOrder } from '../list-conditions.ts';
import { type Page, type PageRequest, pageOf, run, theRow } from '../run.ts';
import { lockBelongingsOf } from './user-lock.ts';

export type SavedChoreography = typeof savedChoreographies.$inferSelect;

export const CHOREOGRAPHY_ORDERINGS = [
  'created_at',
  '-created_at',
  'title',
  '-title',
  'duration',
  '-duration',
] as const;
/** A minus turns the order round. */
export type ChoreographyOrdering = (typeof CHOREOGRAPHY_ORDERINGS)[number];

export interface ChoreographyFilter extends PageRequest {
  readonly userId: number;
  /** One that does not exist finds nothing. */
  readonly difficulty?: string;
  /** Part of the title, of the song or of its artist, whatever their case and accents. */
  readonly search?: string;
  /** Default `-created_at`. Letters sort without regard to case and accents. */
  readonly ordering?: ChoreographyOrdering;
}

const SORT_KEYS = {
  created_at: sql`${savedChoreographies.createdAt}`,
  title: inFoldedOrder(savedChoreographies.titleFolded),
  duration: sql`${savedChoreographies.durationSec}`,
} as const;

function ownItem(id: string, userId: number): SQL | undefined {
  return and(eq(savedChoreographies.id, id), eq(savedChoreographies.userId, userId));
}

/** That an item's title or its music has this in it. */
export function isAbout(search: string): SQL | undefined {
  const pattern = containsFolded(search);
  return or(
    like(savedChoreographies.titleFolded, pattern),
    like(savedChoreographies.songTitleFolded, pattern),
    like(savedChoreographies.musicFolded, pattern),
  );
}

/** One page of a user's collection; empty where nothing passes the filter or the offset lies behind the last. */
export function listSavedChoreographies(
  db: Database,
  { userId, difficulty, search, ordering = '-created_at', limit, offset }: ChoreographyFilter,
): Promise<Page<SavedChoreography>> {
  return run(async () => {
    const where = and(
      eq(savedChoreographies.userId, userId),
      difficulty === undefined ? undefined : sql`${savedChoreographies.difficulty} = ${difficulty}`,
      search === undefined ? undefined : isAbout(search),
    );
    const total = db.orm.$count(savedChoreographies, where);
    const rows = await db.orm
      .select({ row: savedChoreographies, total })
      .from(savedChoreographies)
      .where(where)
      .orderBy(...listOrder(ordering, SORT_KEYS, savedChoreographies.id))
      .limit(limit)
      .offset(offset);
    return pageOf(rows, () => total);
  });
}

/** The user's item of that id, or null. */
export function findSavedChoreography(
  db: Database,
  id: string,
  userId: number,
): Promise<SavedChoreography | null> {
  return run(
    async () => (await db.orm.select().from(savedChoreographies).where(ownItem(id, userId)))[0] ?? null,
  );
}

export type NewChoreography = Pick<
  SavedChoreography,
  'userId' | 'title' | 'videoPath' | 'difficulty' | 'durationSec'
> &
  Partial<Pick<SavedChoreography, 'notes' | 'musicInfo' | 'generationParameters'>>;

/** Adds an item that no task made. */
export function createSavedChoreography(db: Database, values: NewChoreography): Promise<SavedChoreography> {
  const folded = { ...foldedOf(values), songTitleFolded: '', musicFolded: foldMusic(values.musicInfo) };
  return run(async () =>
    theRow(
      await db.orm
        .insert(savedChoreographies)
        .values({ ...values, ...folded })
        .returning(),
    ),
  );
}

/** Absent keys stay as they are. */
export interface ChoreographyPatch
  extends Partial<Pick<SavedChoreography, 'title' | 'notes' | 'durationSec' | 'videoPath'>>,
    Partial<Pick<SavedChoreography, 'musicInfo' | 'generationParameters'>> {
  readonly difficulty?: Difficulty;
}

/** What a change of an item changes in what it is searched and sorted by. */
export function foldedOf({ title, musicInfo }: Pick<ChoreographyPatch, 'title' | 'musicInfo'>) {
  return {
    ...(title === undefined ? {} : { titleFolded: foldForSearch(title) }),
    ...(musicInfo === undefined ? {} : { musicFolded: foldMusic(musicInfo) }),
  };
}

/** Of another video the picture is none. */
function noPosterOf({ videoPath }: ChoreographyPatch): { thumbnailPath?: null } {
  return videoPath === undefined ? {} : { thumbnailPath: null };
}

/** Changes a user's item. Returns it after that, or null where the user has none of that id. */
export function updateSavedChoreography(
  db: Database,
  id: string,
  userId: number,
  patch: ChoreographyPatch,
): Promise<SavedChoreography | null> {
  if (Object.values(patch).every((value) => value === undefined)) {
    return findSavedChoreography(db, id, userId);
  }
  return run(async () => {
    const rows = await db.orm
      .update(savedChoreographies)
      .set({ ...patch, ...foldedOf(patch), ...noPosterOf(patch), updatedAt: clockNow })
      .where(ownItem(id, userId))
      .returning();
    return rows[0] ?? null;
  });
}

/**
 * Removes a user's item, and its sequences from their class plans, whose orders close up; the video stays.
 * False where the user has none of that id.
 */
export async function deleteSavedChoreography(db: Database, id: string, userId: number): Promise<boolean> {
  return (await deleteItems(db, userId, eq(savedChoreographies.id, id))) > 0;
}

/** Removes a user's whole collection, and with it the sequences of their class plans. Returns how many items. */
export function deleteAllSavedChoreographies(db: Database, userId: number): Promise<number> {
  return deleteItems(db, userId, sql`true`);
}

/** Removes the items of a user that meet a condition, and closes the gaps this leaves. Returns how many items. */
export function deleteItems(db: Database, userId: number, condition: SQL): Promise<number> {
  return run(() =>
    inTransaction(db, async (tx) => {
      await lockBelongingsOf(tx, userId);
      const deleted = await tx
        .delete(savedChoreographies)
        .where(and(eq(savedChoreographies.userId, userId), condition))
        .returning({ id: savedChoreographies.id });
      if (deleted.length > 0) await closeGapsOf(tx, userId);
      return deleted.length;
    }),
  );
}
