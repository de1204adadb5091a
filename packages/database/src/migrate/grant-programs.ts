import pg from 'pg';
import { databaseError } from '../database-error.ts';
import { dbError } from '../errors.ts';

const ROLE_NAME = /^[a-z_][a-z0-9_]{0,62}$/;

/** @throws AppError `DB_ROLE_INVALID` */
export function requireRoleName(role: string): void {
  if (ROLE_NAME.test(role)) return;
  const message = `DATABASE_PROGRAM_ROLE is no name of a role: ${role} (small letters, digits and _)`;
  throw dbError('DB_ROLE_INVALID', message);
}

/**
 * Lets a role read and write what is in all tables, and nothing more: tables it can neither make, change nor drop. The
 * role is made where it is not there, without a login: a user of the database becomes a member of it.
 *
 * @param url of the owner of the tables
 * @throws AppError `DB_ROLE_INVALID`, and those of the database
 */
export async function grantPrograms(url: string, role: string): Promise<void> {
  requireRoleName(role);
  const client = new pg.Client({ connectionString: url, application_name: 'bachata-buddy-migrate' });
  // Said by the query that it fails, too.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) await client.query(`create role ${role} nologin`);
    await client.query(`grant usage on schema public to ${role};
      grant select, insert, update, delete on all tables in schema public to ${role};
      revoke insert, update, delete on schema_migrations from ${role};
      grant usage, select on all sequences in schema public to ${role}`);
  } catch (thrown) {
    throw databaseError(thrown);
  } finally {
    await client.end();
  }
}
