import { AppError, hasCode } from '@bachata-buddy/platform';
import pg from 'pg';
import { connectDatabase, type Database } from '../connect.ts';
import { databaseError, databaseErrorCode } from '../database-error.ts';
import { dbError } from '../errors.ts';
import { fillFoldedTexts } from '../queries/folded-texts.ts';
import { MIGRATIONS_FOLDER, type Migration, readMigrations } from './migration-files.ts';

/** Any fixed number: all that migrate this project's databases ask for the same lock. */
const ADVISORY_LOCK_KEY = 727_001;
/** How long to wait for another process that is migrating, and for a table that others are using. */
const LOCK_TIMEOUT = '60s';
const LOCK_NOT_AVAILABLE = '55P03';

export interface MigrationStep {
  readonly name: string;
  /** Its place among those to apply, from 1. */
  readonly index: number;
  readonly total: number;
}

export interface MigrateOptions {
  /** Told before each migration is applied. */
  readonly onProgress?: (step: MigrationStep) => void;
  /** Default: the migrations committed with this package. */
  readonly migrationsFolder?: string;
}

/**
 * Brings a database (a pool, or a URL) to the schema this code knows. All that is missing is applied in one
 * transaction, under a lock: a failure leaves nothing behind, and of several that migrate at the same time one
 * does the work while the others wait and find it done. What the new columns hold of rows that are there is written
 * after that, in small steps.
 *
 * @returns how many migrations this call applied; 0 where the database was up to date
 * @throws AppError `DB_NEWER_THAN_CODE` (the database has a migration this code does not know),
 *   `DB_MIGRATION_CHANGED` (one that was applied reads differently now), `DB_MIGRATION_SKIPPED` (one
 *   that it has not comes before one that it has), `DB_MIGRATIONS_INVALID`, `DB_MIGRATION_FAILED`, `DB_MIGRATION_BUSY` (the lock was not free for a minute), `DB_UNAVAILABLE`
 */
export async function migrateDatabase(
  database: Database | string,
  { onProgress, migrationsFolder = MIGRATIONS_FOLDER }: MigrateOptions = {},
): Promise<{ applied: number }> {
  if (typeof database === 'string') {
    const own = connectDatabase({
      url: database,
      maxConnections: 1,
      applicationName: 'bachata-buddy-migrate',
    });
    try {
      return await migrateDatabase(own, { migrationsFolder, ...(onProgress && { onProgress }) });
    } finally {
      await own.close();
    }
  }
  if (database.pool.ending) throw databaseError(new Error('The pool is closed'));
  const known = await readMigrations(migrationsFolder);
  // Not one of the pool: a migration may take longer than the pool waits for an answer.
  const client = new pg.Client({ ...database.pool.options, query_timeout: undefined });
  // Said by the query that it fails, too.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (thrown) {
    throw databaseError(thrown);
  }
  try {
    await client.query('begin');
    const applied = await applyMissing(client, known, onProgress);
    await client.query('commit');
    // After the commit: the new columns are there for all, and nobody waits while they are filled.
    if (migrationsFolder === MIGRATIONS_FOLDER) await fillFoldedTexts(database);
    return { applied };
  } catch (thrown) {
    throw migrationError(thrown);
  } finally {
    // What was begun and not committed ends with the connection.
    await client.end();
  }
}

async function applyMissing(
  client: pg.Client,
  known: readonly Migration[],
  onProgress: MigrateOptions['onProgress'],
): Promise<number> {
  // A migration may take longer than a query of the running service.
  await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'; set local statement_timeout = 0`);
  // Ends with the transaction, however that ends.
  await client.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK_KEY]);
  await client.query(`create table if not exists schema_migrations (
    name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())`);
  const present = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from schema_migrations',
  );
  const missing = missingMigrations(known, present.rows);
  for (const [place, migration] of missing.entries()) {
    onProgress?.({ name: migration.name, index: place + 1, total: missing.length });
    await applyMigration(client, migration);
  }
  return missing.length;
}

function missingMigrations(
  known: readonly Migration[],
  present: readonly { readonly name: string; readonly sha256: string }[],
): Migration[] {
  const knownHashes = new Map(known.map(({ name, sha256 }) => [name, sha256]));
  for (const { name, sha256 } of present) {
    const knownHash = knownHashes.get(name);
    if (knownHash === undefined) {
      throw dbError(
        'DB_NEWER_THAN_CODE',
        `The database is newer than this program: it does not know the migration "${name}"`,
        { details: { migration: name } },
      );
    }
    if (knownHash !== sha256) {
      throw dbError(
        'DB_MIGRATION_CHANGED',
        `The migration "${name}" was changed after this database had applied it`,
        { details: { migration: name } },
      );
    }
  }
  const presentNames = new Set(present.map(({ name }) => name));
  refuseSkipped(known, presentNames);
  return known.filter(({ name }) => !presentNames.has(name));
}

/** Applied now, a skipped migration would find a database that its author never saw. */
function refuseSkipped(known: readonly Migration[], presentNames: ReadonlySet<string>): void {
  let newestPresent: string | undefined;
  for (const { name } of known.toReversed()) {
    if (presentNames.has(name)) newestPresent ??= name;
    else if (newestPresent !== undefined) {
      throw dbError(
        'DB_MIGRATION_SKIPPED',
        `The migration "${name}" was skipped: the database already has "${newestPresent}", which comes after it`,
        { details: { migration: name, newest: newestPresent } },
      );
    }
  }
}

async function applyMigration(client: pg.Client, { name, sha256, statements }: Migration): Promise<void> {
  try {
    for (const statement of statements) await client.query(statement);
  } catch (thrown) {
    const cause = databaseError(thrown);
    if (hasCode(cause, 'DB_UNAVAILABLE', 'DB_LOGIN_REFUSED')) throw cause;
    throw dbError('DB_MIGRATION_FAILED', `The migration "${name}" failed; the database is as it was before`, {
      details: { migration: name, ...cause.details },
      cause: thrown,
    });
  }
  await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256]);
}

function migrationError(thrown: unknown): AppError {
  if (!(thrown instanceof AppError) && databaseErrorCode(thrown) === LOCK_NOT_AVAILABLE) {
    return dbError('DB_MIGRATION_BUSY', 'Another process has been migrating the database for a minute', {
      cause: thrown,
    });
  }
  return databaseError(thrown);
}
