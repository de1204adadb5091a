import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFile } from '@bachata-buddy/platform';

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

interface Journal {
  readonly entries: readonly { readonly tag: string }[];
}

/** Every migration of a folder, oldest first. */
export async function readMigrations(folder: string = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const journal = JSON.parse(await readFile(path.join(folder, 'meta', '_journal.json'), 'utf8')) as Journal;
  return Promise.all(
    journal.entries.map(async ({ tag }) => {
      const text = (await readFile(path.join(folder, `${tag}.sql`), 'utf8')).replaceAll('\r\n', '\n');
      return {
        name: tag,
        sha256: createHash('sha256').update(text).digest('hex'),
        statements: text.split(STATEMENT_BREAK).filter((statement) => statement.trim() !== ''),
      };
    }),
  );
}

/** One hash over all migrations: changes with every change of the schema. */
export async function migrationsHash(folder: string = MIGRATIONS_FOLDER): Promise<string> {
  const migrations = await readMigrations(folder);
  return createHash('sha256')
    .update(migrations.map(({ name, sha256 }) => `${name} ${sha256}\n`).join(''))
    .digest('hex');
}
