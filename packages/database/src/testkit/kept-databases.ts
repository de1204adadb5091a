import pg from 'pg';
import { withAdminClient } from '../embedded/admin-client.ts';

/** More tell nobody more, and a run in which everything fails must not fill the disk. */
const MOST_KEPT = 8;
const FAILED = 'failed: ';

/** A database that a failed test left. */
export interface KeptDatabase {
  readonly name: string;
  /** Of the test. */
  readonly title: string;
}

/** A connection or a pool of them. */
type Asked = Pick<pg.Pool, 'query'>;

/** Lets a failed test's database stay, named after the test. @returns false where there are enough of them */
export async function keepDatabase(server: Asked, { name, title }: KeptDatabase): Promise<boolean> {
  if ((await readKept(server)).length >= MOST_KEPT) return false;
  const text = pg.escapeLiteral(FAILED + title);
  await server.query(`comment on database ${pg.escapeIdentifier(name)} is ${text}`);
  return true;
}

/** All that stay on a server. */
export function listKept(serverUrl: string): Promise<KeptDatabase[]> {
  return withAdminClient(serverUrl, readKept);
}

async function readKept(server: Asked): Promise<KeptDatabase[]> {
  const { rows } = await server.query<KeptDatabase>(
    `select datname as name, substr(description, $2) as title
     from pg_database join pg_shdescription on objoid = pg_database.oid
     where starts_with(description, $1) order by datname`,
    [FAILED, FAILED.length + 1],
  );
  return rows;
}
