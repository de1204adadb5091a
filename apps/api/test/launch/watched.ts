import { type Database, recordLook } from '@bachata-buddy/database';

/** As after minutes in which somebody looked every ten seconds; minutes may pass before the next look, of a program that starts. */
export async function watch(database: Database): Promise<void> {
  await recordLook(database, { gapSec: 15 });
  await database.pool.query(`update sweeps
    set clear_since = now() - interval '301 s', looked_at = now() + interval '5 minutes'`);
}
