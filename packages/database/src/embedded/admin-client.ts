import pg from 'pg';
import { SUPERUSER } from './initialise.ts';
import type { ServerSettings } from './server-files.ts';

export const HOST = '127.0.0.1';
const CONNECT_TIMEOUT_MS = 5_000;

export function serverUrl({ password, port }: ServerSettings, database: string): string {
  return `postgres://${SUPERUSER}:${password}@${HOST}:${port}/${database}`;
}

/** Connects to the server's own database for one piece of work. */
export async function withAdminClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'bachata-buddy-admin',
  });
  // The server may end while the connection does; the query's own rejection tells what matters.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes the database where it is missing; another process may make it at the same time. */
export async function ensureDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
}

/** Connections other than this one, the server's own helpers not counted. */
export async function countOtherClients(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  );
  return rows[0]?.count ?? 0;
}
