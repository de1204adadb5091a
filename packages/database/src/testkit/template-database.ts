import type pg from 'pg';
import { withAdminClient } from '../embedded/admin-client.ts';
import { migrateDatabase } from '../migrate/migrate.ts';
import { migrationsHash } from '../migrate/migration-files.ts';

/** Any fixed number: all test processes ask for the same lock. */
const TEMPLATE_LOCK_KEY = 727_003;

/** The same server, another database. */
export function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/**
 * The name of a database at the head of all migrations, to be cloned. Of several processes that need it at once
 * one makes it; it is named after the migrations, so that a changed schema gets another.
 */
export async function templateDatabase(serverUrl: string): Promise<string> {
  const name = `bachata_template_${(await migrationsHash()).slice(0, 12)}`;
  await withAdminClient(serverUrl, async (client) => {
    // Ends with the connection.
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK_KEY]);
    if (!(await databaseExists(client, name))) await makeTemplate(client, serverUrl, name);
  });
  return name;
}

async function databaseExists(client: pg.Client, name: string): Promise<boolean> {
  return (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1;
}

/** Under another name until it is whole: a process that dies half way leaves no half template. */
async function makeTemplate(client: pg.Client, serverUrl: string, name: string): Promise<void> {
  const draft = `${name}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  await migrateDatabase(withDatabaseName(serverUrl, draft));
  await client.query(`alter database ${draft} rename to ${name}`);
}
