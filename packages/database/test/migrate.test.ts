import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { programArguments } from '@bachata-buddy/platform/testkit';
import { getTableConfig } from 'drizzle-orm/pg-core';
import t, { type Test } from 'tap';
import { connectDatabase, type Database, migrateDatabase } from '../src/index.ts';
import * as schema from '../src/schema/index.ts';
import { makeTestDatabase, type TestContext } from '../src/testkit.ts';

const run = promisify(execFile);
const PACKAGE_FOLDER = fileURLToPath(new URL('..', import.meta.url));
const MIGRATION_COUNT = readdirSync(path.join(PACKAGE_FOLDER, 'migrations')).filter((name) =>
  name.endsWith('.sql'),
).length;

async function makeEmptyDatabase(t: TestContext) {
  const made = await makeTestDatabase(t);
  await made.db.pool.query('drop schema public cascade; create schema public');
  return made;
}

async function tableNames(db: Database): Promise<string[]> {
  const { rows } = await db.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  return rows.map((row) => row.name);
}

interface JournalEntry {
  readonly idx: number;
  readonly when: number;
  readonly tag: string;
}

/** A folder of migrations; its journal is in order unless another one is given. */
function folderOf(t: Test, statements: Record<string, string>, journal?: readonly JournalEntry[]): string {
  const entries = journal ?? Object.keys(statements).map((tag, idx) => ({ idx, when: 1_000 + idx, tag }));
  return t.testdir({
    ...Object.fromEntries(Object.entries(statements).map(([tag, text]) => [`${tag}.sql`, text])),
    meta: { '_journal.json': JSON.stringify({ entries }) },
  });
}

t.test('an empty database gets every migration once, and then none', async (t) => {
  const { db } = await makeEmptyDatabase(t);
  const steps: unknown[] = [];
  t.same(await migrateDatabase(db, { onProgress: (step) => steps.push(step) }), { applied: MIGRATION_COUNT });
  t.equal(steps.length, MIGRATION_COUNT);
  t.match(steps[0], { index: 1, total: MIGRATION_COUNT });
  t.ok((await tableNames(db)).includes('choreography_tasks'));
  t.same(await migrateDatabase(db), { applied: 0 });
});

t.test('the migrations make the tables, columns and types that the schema declares', async (t) => {
  const { db } = await makeEmptyDatabase(t);
  await migrateDatabase(db);
  const { rows } = await db.pool.query<{ line: string }>(
    `select concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attnotnull then 'not null' end) as line
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
       and c.relname <> 'schema_migrations'`,
  );
  const declared = Object.values(schema).flatMap((table) => {
    const { name, columns } = getTableConfig(table);
    return columns.map((column) =>
      [
        name,
        column.name,
        column.getSQLType().replace(/^varchar/, 'character varying'),
        column.notNull ? 'not null' : '',
      ]
        .join(' ')
        .trim(),
    );
  });
  t.same(rows.map((row) => row.line).sort(), declared.sort());
});

t.test('of twenty installers at the same time one does the work and all succeed', async (t) => {
  const { db, url } = await makeEmptyDatabase(t);
  const results = await Promise.all(Array.from({ length: 20 }, () => migrateDatabase(url)));
  t.equal(
    results.reduce((sum, { applied }) => sum + applied, 0),
    MIGRATION_COUNT,
  );
  const { rows } = await db.pool.query('select name from schema_migrations');
  t.equal(rows.length, MIGRATION_COUNT);
});

t.test('a database that is newer than the code is refused, and the command ends with 1', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  await db.pool.query(`insert into schema_migrations (name, sha256) values ('9999_from_tomorrow', 'x')`);
  await t.rejects(migrateDatabase(db), { code: 'DB_NEWER_THAN_CODE', message: /9999_from_tomorrow/ });
  const command = run(process.execPath, programArguments('packages/database/src/commands/migrate.ts'), {
    env: { PATH: process.env.PATH, DATABASE_URL: url },
  });
  await t.rejects(command, { code: 1, stderr: /^error: The database is newer than this program/ });
});

t.test('a migration that was changed after it had been applied is refused', async (t) => {
  const { db } = await makeTestDatabase(t);
  await db.pool.query(`update schema_migrations set sha256 = 'other'`);
  await t.rejects(migrateDatabase(db), { code: 'DB_MIGRATION_CHANGED' });
});

t.test('a migration that was skipped is refused by name, and the database stays as it is', async (t) => {
  const { db } = await makeEmptyDatabase(t);
  const first = { '0000_first': 'create table first (id int);' };
  const last = { '0002_last': 'create table last (id int);' };
  const all = { ...first, '0001_late': 'create table late (id int);', ...last };
  await migrateDatabase(db, { migrationsFolder: folderOf(t, all) });
  await db.pool.query(`delete from schema_migrations where name = '0001_late'; drop table late`);
  await t.rejects(migrateDatabase(db, { migrationsFolder: folderOf(t, all) }), {
    code: 'DB_MIGRATION_SKIPPED',
    message:
      'The migration "0001_late" was skipped: the database already has "0002_last", which comes after it',
  });
  t.same(await tableNames(db), ['first', 'last', 'schema_migrations']);
});

t.test('a journal that does not fit its files, or is out of order, is refused before anything', async (t) => {
  const { db } = await makeEmptyDatabase(t);
  const files = { '0000_a': 'create table a (id int);', '0001_b': 'create table b (id int);' };
  const a = { idx: 0, when: 1_000, tag: '0000_a' };
  const b = { idx: 1, when: 2_000, tag: '0001_b' };
  for (const [journal, message] of [
    [
      [
        { ...b, idx: 0 },
        { ...a, idx: 1 },
      ],
      /out of order at "0001_b"/,
    ],
    [[a, { ...b, idx: 2 }], /out of order at "0001_b"/],
    [[a, { ...b, when: 1_000 }], /out of order at "0001_b"/],
    [[a, { ...b, tag: '0000_b' }], /out of order at "0000_b"/],
    [[a], /skips the file "0001_b.sql"/],
    [[a, b, { idx: 2, when: 3_000, tag: '0002_c' }], /file of the migration "0002_c" is missing/],
  ] as const) {
    const migrationsFolder = folderOf(t, files, journal);
    await t.rejects(migrateDatabase(db, { migrationsFolder }), { code: 'DB_MIGRATIONS_INVALID', message });
  }
  t.same(await tableNames(db), []);
});

t.test('a failing migration throws, says nothing of its SQL and leaves nothing behind', async (t) => {
  const { db } = await makeEmptyDatabase(t);
  const migrationsFolder = folderOf(t, {
    '0000_good': 'create table good (id int);\n--> statement-breakpoint\ninsert into good values (1);',
    '0001_bad': 'create table half (id int);\n--> statement-breakpoint\nselect secret_function();',
  });
  const error = await migrateDatabase(db, { migrationsFolder }).then(
    () => t.fail('should throw'),
    (thrown) => thrown,
  );
  t.match(error, { code: 'DB_MIGRATION_FAILED', details: { migration: '0001_bad', sqlState: '42883' } });
  t.notMatch(error.message, /secret_function/);
  t.same(await tableNames(db), []);
  t.same(
    await migrateDatabase(db),
    { applied: MIGRATION_COUNT },
    'the connection and the lock are free again',
  );
});

t.test('a migration may take longer than a query of the service may', async (t) => {
  const { db } = await makeEmptyDatabase(t);
  const migrationsFolder = folderOf(t, {
    '0000_limits': `create table limits as select current_setting('statement_timeout') as during;`,
  });
  await migrateDatabase(db, { migrationsFolder });
  t.same((await db.pool.query('select during from limits')).rows, [{ during: '0' }]);
  t.same((await db.pool.query('show statement_timeout')).rows, [{ statement_timeout: '8s' }]);
});

t.test('a server that is not there is an error that may pass', async (t) => {
  await t.rejects(migrateDatabase('postgres://nobody@127.0.0.1:1/none'), {
    code: 'DB_UNAVAILABLE',
    retryable: true,
  });
});

t.test(
  'the schema and the migrations agree, and a schema change without a migration is noticed',
  async (t) => {
    const { stdout } = await run(process.execPath, [
      ...programArguments('packages/database/src/commands/generate.ts'),
      '--check',
    ]);
    t.match(stdout, /no more and no less/);
  },
);

t.test('closing a database twice is harmless, and a query after that is an error without SQL', async (t) => {
  const { url } = await makeTestDatabase(t);
  const db = connectDatabase({ url });
  await migrateDatabase(db);
  await Promise.all([db.close(), db.close()]);
  await t.rejects(migrateDatabase(db), { code: 'DB_FAILED', message: /could not carry out/ });
});
