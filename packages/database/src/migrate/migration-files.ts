import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AppError, ownFile } from '@bachata-buddy/platform';
import { dbError } from '../errors.ts';

/** The migrations committed with this package, written by drizzle-kit. */
export const MIGRATIONS_FOLDER = fileURLToPath(
  ownFile(import.meta.url, { source: '../../migrations', built: './migrations' }),
);

/** What drizzle-kit puts between two statements. */
const STATEMENT_BREAK = '--> statement-breakpoint';

export interface Migration {
  /** E.g. `0000_catalogue_tasks_and_collections`. */
  readonly name: string;
  /** Of the file's text, whatever line ends the checkout gave it. */
  readonly sha256: string;
  readonly statements: readonly string[];
}

interface JournalEntry {
  /** Its place, from 0. */
  readonly idx: number;
  /** When it was written, in milliseconds since 1970. */
  readonly when: number;
  readonly tag: string;
}

/**
 * Every migration of a folder, oldest first.
 *
 * @throws AppError `DB_MIGRATIONS_INVALID` where the journal is out of order, or names other files than there are:
 *   two branches that both added a migration come together like that
 */
export async function readMigrations(folder: string = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const text = await readFile(path.join(folder, 'meta', '_journal.json'), 'utf8');
  const { entries } = JSON.parse(text) as { entries: readonly JournalEntry[] };
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  checkJournal(entries, files);
  return Promise.all(entries.map(({ tag }) => readMigration(folder, tag)));
}

/** @param files names of all there are, in the order of their numbers */
function checkJournal(entries: readonly JournalEntry[], files: readonly string[]): void {
  for (const [place, { idx, when, tag }] of entries.entries()) {
    const before = entries[place - 1];
    const isInOrder = idx === place && tag.startsWith(`${String(place).padStart(4, '0')}_`);
    if (!isInOrder || (before !== undefined && when <= before.when))
      throw invalid(`The journal of migrations is out of order at "${tag}"`, tag);
    if (!files.includes(`${tag}.sql`)) throw invalid(`The file of the migration "${tag}" is missing`, tag);
  }
  const known = new Set(entries.map(({ tag }) => `${tag}.sql`));
  const unknown = files.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw invalid(`The journal of migrations skips the file "${unknown}"`, path.parse(unknown).name);
}

function invalid(message: string, migration: string): AppError {
  return dbError('DB_MIGRATIONS_INVALID', message, { details: { migration } });
}

async function readMigration(folder: string, tag: string): Promise<Migration> {
  const text = (await readFile(path.join(folder, `${tag}.sql`), 'utf8')).replaceAll('\r\n', '\n');
  return {
    name: tag,
    sha256: createHash('sha256').update(text).digest('hex'),
    statements: text.split(STATEMENT_BREAK).filter((statement) => statement.trim() !== ''),
  };
}

/** One hash over all migrations: changes with every change of the schema. */
export async function migrationsHash(folder: string = MIGRATIONS_FOLDER): Promise<string> {
  const migrations = await readMigrations(folder);
  return createHash('sha256')
    .update(migrations.map(({ name, sha256 }) => `${name} ${sha256}\n`).join(''))
    .digest('hex');
}
