import type { Difficulty } from '@bachata-buddy/vocabulary';
import { count, eq, gte, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { savedChoreographies } from '../../schema/index.ts';
import { run } from '../run.ts';
import { deleteItems } from './saved-choreographies.ts';

const RECENT_DAYS = 7;
/** Storage is asked about that many videos at the same time. */
const CHECKS_AT_ONCE = 10;

export interface CollectionStats {
  readonly totalCount: number;
  readonly totalDurationSec: number;
  /** Only the difficulties that occur. */
  readonly byDifficulty: Partial<Record<Difficulty, number>>;
  /** Saved within the last 7 days. */
  readonly recentCount: number;
}

/** Figures of a user's collection; all zero where it is empty. */
export function collectionStats(db: Database, userId: number): Promise<CollectionStats> {
  return run(async () => {
    const since = sql`${clockNow} - make_interval(days => ${RECENT_DAYS})`;
    const groups = await db.orm
      .select({
        difficulty: savedChoreographies.difficulty,
        count: count(),
        durationSec: sql<number>`sum(${savedChoreographies.durationSec})`,
        recentCount: sql<number>`count(*) filter (where ${gte(savedChoreographies.createdAt, since)})::integer`,
      })
      .from(savedChoreographies)
      .where(eq(savedChoreographies.userId, userId))
      .groupBy(savedChoreographies.difficulty)
      .orderBy(savedChoreographies.difficulty);
    const total = (key: 'count' | 'durationSec' | 'recentCount') =>
      groups.reduce((sum, group) => sum + group[key], 0);
    return {
      totalCount: total('count'),
      totalDurationSec: total('durationSec'),
      byDifficulty: Object.fromEntries(groups.map((group) => [group.difficulty, group.count])),
      recentCount: total('recentCount'),
    };
  });
}

/**
 * Removes those of a user's items that have no video: none was ever noted, or storage says that it is gone.
 * Storage is asked about all of them before anything is removed; whatever `hasVideo` throws is thrown on, with
 * nothing removed. So it has to throw where storage cannot be reached, and answer false for an absent object only.
 * An item whose video has changed since it was asked about stays. Sequences go with their item.
 *
 * @param hasVideo told the storage key
 * @returns how many items
 */
export async function deleteChoreographiesWithoutVideo(
  db: Database,
  userId: number,
  hasVideo: (videoPath: string) => Promise<boolean>,
): Promise<number> {
  const items = await run(() =>
    db.orm
      .select({ id: savedChoreographies.id, videoPath: savedChoreographies.videoPath })
      .from(savedChoreographies)
      .where(eq(savedChoreographies.userId, userId)),
  );
  const orphans: typeof items = [];
  for (let begin = 0; begin < items.length; begin += CHECKS_AT_ONCE) {
    const checked = await Promise.all(
      items.slice(begin, begin + CHECKS_AT_ONCE).map(async (item) => ({
        item,
        isOrphan: item.videoPath === '' || !(await hasVideo(item.videoPath)),
      })),
    );
    orphans.push(...checked.filter(({ isOrphan }) => isOrphan).map(({ item }) => item));
  }
  return deleteItems(
    db,
    userId,
    sql`(${savedChoreographies.id}, ${savedChoreographies.videoPath}) in (
      select id, "videoPath" from jsonb_to_recordset(${JSON.stringify(orphans)}::jsonb)
        as orphan (id uuid, "videoPath" varchar))`,
  );
}
