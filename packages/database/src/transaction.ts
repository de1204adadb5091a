import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Database } from './connect.ts';
import { databaseError } from './database-error.ts';

/** A transaction in progress. */
export type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0];

/**
 * Runs work in a transaction. Where it does not come to its end in order, its connection is not used again: it may be
 * broken, silent, or still in the transaction. (drizzle's own way keeps a connection for ever whose `begin` fails,
 * and gives a broken one back to the pool as if it were whole.)
 *
 * @throws what the work throws, and what pg says of a connection that is lost
 */
export async function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  // It is a client like any other, which its type does not say.
  const client = (await db.pool.connect()) as pg.PoolClient & Pick<pg.Client, 'end'>;
  let isWhole = false;
  let thrownByWork: unknown;
  try {
    const result = await drizzle(client).transaction((tx) =>
      work(tx).catch((thrown: unknown) => {
        thrownByWork = thrown;
        // Else the rollback would wait as long again for a connection that is silent.
        if (databaseError(thrown).code === 'DB_UNAVAILABLE') void client.end();
        throw thrown;
      }),
    );
    isWhole = true;
    return result;
  } catch (thrown) {
    // drizzle throws what the work threw only after its rollback has been answered.
    isWhole = thrownByWork !== undefined && thrown === thrownByWork;
    throw thrownByWork ?? thrown;
  } finally {
    client.release(!isWhole);
  }
}
