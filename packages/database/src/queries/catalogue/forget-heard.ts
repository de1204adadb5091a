import { and, eq, notExists } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { songAnalyses, songs, songWaveforms } from '../../schema/index.ts';
import { inTransaction, type Transaction } from '../../transaction.ts';
import { run } from '../run.ts';

/** Takes away what was heard in a file of which no song is left. */
export async function forgetHeard(tx: Transaction, contentHash: string | null): Promise<void> {
  if (contentHash === null) return;
  for (const heard of [songAnalyses, songWaveforms]) {
    const isUsed = tx.select({ id: songs.id }).from(songs).where(eq(songs.contentHash, contentHash));
    await tx.delete(heard).where(and(eq(heard.contentHash, contentHash), notExists(isUsed)));
  }
}

/** The same, by itself: for a file that was heard after its song was gone. */
export function forgetHeardFile(db: Database, contentHash: string | null): Promise<void> {
  return run(() => inTransaction(db, (tx) => forgetHeard(tx, contentHash)));
}
