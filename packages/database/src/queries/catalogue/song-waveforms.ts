import { and, eq } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { songWaveforms } from '../../schema/index.ts';
import { run } from '../run.ts';

/** The stored peaks of an audio file (by content hash) by that version of the algorithm, or null. */
export function findWaveform(
  db: Database,
  contentHash: string,
  version: number,
): Promise<readonly number[] | null> {
  return run(async () => {
    const [row] = await db.orm
      .select({ peaks: songWaveforms.peaks })
      .from(songWaveforms)
      .where(and(eq(songWaveforms.contentHash, contentHash), eq(songWaveforms.version, version)));
    return row?.peaks ?? null;
  });
}

/** Stores peaks; those that are there of the same file and version stay. */
export function saveWaveform(
  db: Database,
  contentHash: string,
  version: number,
  peaks: readonly number[],
): Promise<void> {
  return run(async () => {
    await db.orm.insert(songWaveforms).values({ contentHash, version, peaks }).onConflictDoNothing();
  });
}
