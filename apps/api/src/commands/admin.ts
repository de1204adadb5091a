import { type Database, listInstructors, setInstructorRole } from '@bachata-buddy/database';
import { AppError, parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { readCommandConfig } from '../config.ts';
import { withDatabase } from './with-database.ts';

const HELP = `
Usage: pnpm admin grant-instructor USERNAME
       pnpm admin revoke-instructor USERNAME
       pnpm admin list-instructors

Who may make class plans. Saying so again changes nothing; when the role goes, the plans stay for its return.
The database is that of DATABASE_URL, or else the embedded one under .data.
`;

/** What each action does; it answers what to print. */
const ACTIONS: Readonly<Record<string, (database: Database, username?: string) => Promise<string>>> = {
  'grant-instructor': (database, username) => setRole(database, username, true),
  'revoke-instructor': (database, username) => setRole(database, username, false),
  'list-instructors': async (database, superfluous) => {
    if (superfluous !== undefined) throw usage('list-instructors takes no name');
    const instructors = await listInstructors(database);
    return instructors.map(({ username }) => username).join('\n') || 'There is no instructor.';
  },
};

async function main(): Promise<undefined> {
  const { positionals } = parseCommandLine({ help: HELP, args: process.argv.slice(2), options: {} });
  const [name = '', username, ...rest] = positionals;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined || rest.length > 0) throw usage('Give an action and one name at most');
  const { DATABASE_URL: databaseUrl } = readCommandConfig();
  const answer = await withDatabase(databaseUrl, (database) => action(database, username));
  process.stdout.write(`${answer}\n`);
}

async function setRole(
  database: Database,
  username: string | undefined,
  isInstructor: boolean,
): Promise<string> {
  if (username === undefined) throw usage('Give the name of the account');
  const user = await setInstructorRole(database, username, { isInstructor });
  if (user === null) {
    throw new AppError(`There is no account named "${username}". Names are case-sensitive.`, {
      code: 'USER_NOT_FOUND',
    });
  }
  return `${user.username} is ${isInstructor ? 'an instructor now' : 'no instructor any more'}.`;
}

function usage(problem: string): AppError {
  return new AppError(`${problem}. See --help.`, { code: 'USAGE' });
}

await runCommand(main);
