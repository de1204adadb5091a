import { parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { readCommandConfig } from '../config.ts';
import { administer, requireAction } from './administer.ts';
import { withDatabase } from './with-database.ts';

const HELP = `
Usage: pnpm admin grant-instructor USERNAME
       pnpm admin revoke-instructor USERNAME
       pnpm admin list-instructors

  Who may make class plans. When the role goes, the plans stay for its return.

       pnpm admin grant-staff USERNAME
       pnpm admin revoke-staff USERNAME
       pnpm admin list-staff

  Who may make an instructor of themselves, by their profile.

       pnpm admin disable-user USERNAME
       pnpm admin enable-user USERNAME

  Whom the service lets in. Disabling ends all sessions of the account, and its access tokens are refused at once;
  what it owns stays.

       pnpm admin rename-user USERNAME NEW

  Another name for an account; its sessions go on. Needed where two of before differ in case alone: the younger of them
  signs in by its exact spelling until then.

       pnpm admin reset-password USERNAME

  Prints a link by which the account gets another password, once and within a day; earlier ones end. It leads to the page
  of PASSWORD_RESET_URL, which sends what follows #token= to POST /api/auth/password/reset/. Give it to its owner alone.

Saying so again changes nothing. A name means the account that is spelt so, else the one that is without regard to case.
The database is that of DATABASE_URL, or else the embedded one under .data.
`;

async function main(): Promise<undefined> {
  const { positionals } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: {},
    maxPositionals: Number.POSITIVE_INFINITY,
  });
  requireAction(positionals);
  const { DATABASE_URL: databaseUrl } = readCommandConfig();
  const answer = await withDatabase(databaseUrl, (database) => administer(database, positionals));
  process.stdout.write(`${answer}\n`);
}

await runCommand(main);
