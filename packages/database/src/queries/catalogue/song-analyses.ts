import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { songAnalyses } from '../../schema/index.ts';
import { run } from '../run.ts';

/** The stored analysis of an audio file (by content hash) by that version of the algorithm, or null. */
export function findAnalysis<T = unknown>(
  db: Database,
  contentHash: string,
  version: number,
): Promise<T | null> {
  return run(async () => {
    const [row] = await db.orm
      .select({ analysis: songAnalyses.analysis })
      .from(songAnalyses)
      .where(and(eq(songAnalyses.contentHash, contentHash), eq(songAnalyses.version, version)));
    return row === undefined ? null : (row.analysis as T);
  });
}

/** Stores an analysis; a second one of the same file and version takes the place of the first. */
export function saveAnalysis(
  db: Database,
  contentHash: string,
  version: number,
  analysis: unknown,
): Promise<void> {
  return run(async () => {
    await db.orm
      .insert(songAnalyses)
      .values({ contentHash, version, analysis })
      .onConflictDoUpdate({
        target: [songAnalyses.contentHash, songAnalyses.version],
        set: { analysis: sql`excluded.analysis` },
      });
  });
}
