import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Database } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { buildApp } from '../../../build/build-app.ts';
import { ROOT_DIRECTORY } from '../../../paths.ts';
import { makeDirectory } from '../../system/teardown.ts';
import type { Scenario, ScenarioContext } from '../harness/scenario.ts';

const AT_ONCE = 10;
const ROUNDS = { small: 1, full: 10 } as const;

/** The program that migrates, as images hold it, with migrations of its own beside it. */
const MIGRATOR = {
  programs: { migrate: 'packages/database/src/commands/migrate.ts' },
  files: { migrations: 'packages/database/migrations' },
  packages: {},
};

interface MigratedDatabase {
  readonly db: Database;
  readonly url: string;
}

interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Many processes migrate one database at once; then migrations that do not fit together are tried. */
export const migrations: Scenario = {
  name: 'migrations',
  promise: 'of ten that migrate at once one does it; what is out of order or skipped ends with a clear error',
  async run(context) {
    const migrator = join(await makeDirectory(context), 'migrator');
    await buildApp({ app: MIGRATOR, root: ROOT_DIRECTORY, directory: migrator });
    const names = await migrationNames(migrator);
    const problems: string[] = [];
    const rounds = ROUNDS[context.scale];
    for (let round = 1; round <= rounds; round += 1) {
      problems.push(...(await migrateAtOnce(await makeEmptyDatabase(context), migrator, names)));
      context.say(`${round} of ${rounds}: ${AT_ONCE} processes, ${problems.length} problems so far`);
    }
    const refusals = await tryUnfit(context, migrator);
    problems.push(...refusals.problems);
    return {
      held: problems.length === 0,
      summary:
        `${rounds} databases migrated by ${AT_ONCE} processes at once, ${names.length} migrations each, ` +
        `${problems.length} problems; refused: ${refusals.words.join('; ')}`,
      problems,
    };
  },
};

async function migrateAtOnce(
  { db, url }: MigratedDatabase,
  migrator: string,
  names: readonly string[],
): Promise<string[]> {
  const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, () => migrate(migrator, url)));
  const problems = outcomes
    .filter(({ exitCode }) => exitCode !== 0)
    .map(({ exitCode, stderr }) => `one of the processes ended with ${exitCode}: ${stderr}`);
  const applied = outcomes.map(({ stdout }) => Number(/^Applied (\d+)/m.exec(stdout)?.[1] ?? 0));
  if (applied.filter((count) => count > 0).join() !== String(names.length))
    problems.push(`the processes applied ${applied.join(', ')} migrations`);
  const { rows } = await db.pool.query<{ name: string }>('select name from schema_migrations order by name');
  if (rows.map(({ name }) => name).join() !== names.join())
    problems.push(`the database notes ${rows.length} migrations instead of ${names.length}`);
  return problems;
}

/** Migrations that do not fit together, or not what the database has: each has to end with 1 and its word, and change nothing. */
async function tryUnfit(
  context: ScenarioContext,
  migrator: string,
): Promise<{ words: string[]; problems: string[] }> {
  const whole = await makeVariant(context, migrator, (entries) => entries);
  const swapped = await makeVariant(context, migrator, ([late, early, ...older]) => [early, late, ...older]);
  const unnamed = await makeVariant(context, migrator, ([_late, ...older]) => older);
  const passedOver = await makeEmptyDatabase(context);
  await migrate(whole, passedOver.url);
  await passedOver.db.pool.query(`drop table early; delete from schema_migrations where name like '%early'`);
  const cases = [
    { migrator: swapped, database: await makeEmptyDatabase(context), word: 'out of order' },
    { migrator: unnamed, database: await makeEmptyDatabase(context), word: 'skips the file' },
    { migrator: whole, database: passedOver, word: 'was skipped' },
  ];
  const problems: string[] = [];
  for (const { migrator: unfit, database, word } of cases) {
    const before = await tablesOf(database);
    const { exitCode, stderr } = await migrate(unfit, database.url);
    if (exitCode !== 1 || !stderr.startsWith('error: ') || !stderr.includes(word))
      problems.push(`instead of "${word}" it ended with ${exitCode}: ${stderr}`);
    if ((await tablesOf(database)) !== before) problems.push(`"${word}" left something behind`);
    context.say(stderr.trim());
  }
  return { words: cases.map(({ word }) => word), problems };
}

interface JournalEntry {
  readonly idx: number;
  readonly when: number;
  readonly tag: string;
}

/** @param change of the journal, the newest entry first; numbers are made to fit again afterwards */
async function makeVariant(
  context: ScenarioContext,
  migrator: string,
  change: (entries: readonly JournalEntry[]) => readonly (JournalEntry | undefined)[],
): Promise<string> {
  const variant = join(await makeDirectory(context), 'migrator');
  await cp(migrator, variant, { recursive: true });
  const folder = join(variant, 'migrations');
  const journalPath = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(journalPath, 'utf8')) as { entries: JournalEntry[] };
  for (const name of ['early', 'late']) {
    const idx = journal.entries.length;
    const tag = `${String(idx).padStart(4, '0')}_${name}`;
    await writeFile(join(folder, `${tag}.sql`), `create table ${name} (id int);`);
    journal.entries.push({ idx, when: (journal.entries.at(-1)?.when ?? 0) + 1, tag });
  }
  const entries = change(journal.entries.toReversed())
    .filter((entry) => entry !== undefined)
    .toReversed();
  await writeFile(journalPath, JSON.stringify({ ...journal, entries }));
  return variant;
}

async function makeEmptyDatabase(context: ScenarioContext): Promise<MigratedDatabase> {
  const made = await makeTestDatabase(context);
  await made.db.pool.query('drop schema public cascade; create schema public');
  return made;
}

async function tablesOf({ db }: MigratedDatabase): Promise<string> {
  const { rows } = await db.pool.query<{ names: string | null }>(
    `select string_agg(table_name, ',' order by table_name) as names
     from information_schema.tables where table_schema = 'public'`,
  );
  return rows[0]?.names ?? '';
}

async function migrate(migrator: string, databaseUrl: string): Promise<Outcome> {
  const child = spawn(process.execPath, [join(migrator, 'migrate.js')], {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outputs = Promise.all([text(child.stdout), text(child.stderr)]);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  const [stdout, stderr] = await outputs;
  return { exitCode, stdout, stderr };
}

/** As the files are called, whatever the journal says. */
async function migrationNames(migrator: string): Promise<string[]> {
  const files = await readdir(join(migrator, 'migrations'));
  return files
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.replace('.sql', ''))
    .sort();
}
