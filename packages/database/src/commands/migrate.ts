import { parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { startEmbeddedPostgres } from '../embedded/start.ts';
import { grantPrograms, requireRoleName } from '../migrate/grant-programs.ts';
import { migrateDatabase } from '../migrate/migrate.ts';

const HELP = `
pnpm db:migrate   brings the database to the schema of this version

The database is that of DATABASE_URL, or else the embedded one under .data. Ends with 1 where a migration fails
(nothing of it stays) and where the database is newer than this version. With DATABASE_PROGRAM_ROLE that role, which is
made where there is none, may then read and write rows, and nothing more.
`;

const EMBEDDED_DIRECTORY = '.data';

async function migrate(url: string, role: string): Promise<void> {
  const { applied } = await migrateDatabase(url, {
    onProgress: ({ name, index, total }) => process.stdout.write(`${index}/${total} ${name}\n`),
  });
  process.stdout.write(
    applied === 0 ? 'The database is up to date.\n' : `Applied ${applied} migration(s).\n`,
  );
  if (role !== '') await grantPrograms(url, role);
}

async function main(): Promise<number> {
  parseCommandLine({ help: HELP, args: process.argv.slice(2), options: {} });
  const { DATABASE_URL: url = '', DATABASE_PROGRAM_ROLE: role = '' } = process.env;
  if (role !== '') requireRoleName(role);
  if (url !== '') {
    await migrate(url, role);
    return 0;
  }
  const server = await startEmbeddedPostgres({
    directory: EMBEDDED_DIRECTORY,
    onMessage: (message) => process.stdout.write(`${message}\n`),
  });
  try {
    await migrate(server.url, role);
  } finally {
    await server.stop();
  }
  return 0;
}

await runCommand(main);
