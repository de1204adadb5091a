import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { run } from '../run.ts';

/** Whoever vanished while sweeping is waited for no longer than this. */
const LEASE_SEC = 30;
const RENEW_EVERY_MS = 10_000;

/**
 * Does the work where nobody else, on any machine, is doing it. The lease is a row with an end, renewed while the work
 * lasts: a machine that vanished holds it for half a minute, however long its connection seems to live.
 *
 * @returns what the work returned; null where somebody else is at it
 * @throws AppError `DB_UNAVAILABLE` where the lease cannot be asked for; and what the work throws
 */
export async function withSweepLease<T>(db: Database, work: () => Promise<T>): Promise<T | null> {
  const holder = randomUUID();
  if (!(await takeLease(db, holder))) return null;
  let renewing: Promise<unknown> = Promise.resolve();
  const renewal = setInterval(() => {
    // Where it cannot be renewed, another sweep may begin: each act of a sweep holds for itself.
    renewing = takeLease(db, holder).catch(() => undefined);
  }, RENEW_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await renewing;
    // What was done stays done; a lease that cannot be given back ends by itself.
    await giveBack(db, holder).catch(() => undefined);
  }
}

function takeLease(db: Database, holder: string): Promise<boolean> {
  return run(async () => {
    const { rowCount } = await db.orm.execute(sql`
      insert into sweeps as s (looked_at, clear_since, leased_by, leased_until)
      values (clock_timestamp(), clock_timestamp(), ${holder}, clock_timestamp() + make_interval(secs => ${LEASE_SEC}))
      on conflict (id) do update set leased_by = excluded.leased_by, leased_until = excluded.leased_until
      where s.leased_until is null or s.leased_until < clock_timestamp() or s.leased_by = ${holder}`);
    return rowCount === 1;
  });
}

async function giveBack(db: Database, holder: string): Promise<void> {
  await run(() =>
    db.orm.execute(sql`update sweeps set leased_by = null, leased_until = null where leased_by = ${holder}`),
  );
}
