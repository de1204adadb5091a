import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { dbError } from '../errors.ts';

const HELP = `
pnpm db:generate [--name NAME]   writes a migration for what has changed in the schema
pnpm db:generate --check         fails where the schema and the migrations disagree; writes nothing

The schema lies in packages/database/src/schema, the migrations in packages/database/migrations.
A migration that others have applied must not be changed: write another one.
`;

const PACKAGE_FOLDER = fileURLToPath(new URL('../..', import.meta.url));
const MIGRATIONS_FOLDER = path.join(PACKAGE_FOLDER, 'migrations');

/**
 * Runs drizzle-kit, which wants paths relative to its working directory, and may ask on the terminal whether a
 * column is new or renamed.
 */
async function generateInto(folder: string, name: string | undefined): Promise<void> {
  const args = ['generate', '--dialect', 'postgresql', '--schema', './src/schema/index.ts'];
  args.push('--out', path.relative(PACKAGE_FOLDER, folder), ...(name === undefined ? [] : ['--name', name]));
  const child = spawn('node_modules/.bin/drizzle-kit', args, { cwd: PACKAGE_FOLDER, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw dbError('DB_GENERATE_FAILED', 'drizzle-kit failed');
}

/** Generates into a copy: a file more than before is a change that no migration makes. */
async function check(): Promise<number> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bachata-buddy-migrations-'));
  try {
    await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
    await generateInto(folder, undefined);
    const [before, after] = await Promise.all([readdir(MIGRATIONS_FOLDER), readdir(folder)]);
    if (after.length === before.length) {
      process.stdout.write('The migrations make the schema, no more and no less.\n');
      return 0;
    }
    process.stdout.write('The schema has changed without a migration: run pnpm db:generate --name NAME\n');
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const { values } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: { check: { type: 'boolean' }, name: { type: 'string' } },
  });
  if (values.check === true) return check();
  await generateInto(MIGRATIONS_FOLDER, values.name);
  return 0;
}

await runCommand(main);
