import type { Database } from '../connect.ts';
import { run, theRow } from './run.ts';

/** Of all users of advisory locks in the database, this one's own number. */
const SWEEP_LOCK_KEY = 727_002;

/**
 * Does the work where nobody else, on any machine, is doing it. The lock belongs to a connection: it ends with the
 * process that holds it.
 *
 * @returns what the work returned; null where somebody else is at it
 * @throws AppError `DB_UNAVAILABLE`; and what the work throws
 */
export async function withSweepLock<T>(db: Database, work: () => Promise<T>): Promise<T | null> {
  const client = await run(() => db.pool.connect());
  let lost: Error | undefined;
  // A connection that breaks while nothing is asked of it would end the process.
  const onError = (error: Error): void => {
    lost = error;
  };
  client.on('error', onError);
  const ask = (statement: string): Promise<boolean> =>
    run(async () => {
      const { rows } = await client.query<{ answer: boolean }>(statement, [SWEEP_LOCK_KEY]);
      return theRow(rows).answer;
    });
  try {
    if (!(await ask('select pg_try_advisory_lock($1) as answer'))) return null;
    try {
      return await work();
    } finally {
      // A connection that cannot be asked is thrown away, and the lock ends with it; what was done stays done.
      if (lost === undefined) await ask('select pg_advisory_unlock($1) as answer').catch(onError);
    }
  } finally {
    client.off('error', onError);
    client.release(lost);
  }
}
