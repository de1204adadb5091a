import { randomBytes } from 'node:crypto';
import {
  createPasswordReset,
  type Database,
  disableUser,
  enableUser,
  listInstructors,
  listStaff,
  renameUser,
  setInstructorRole,
  setStaffRole,
  type User,
} from '@bachata-buddy/database';
import { type AppError, composed, parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { hashToken } from '../auth/tokens.ts';
import { readCommandConfig } from '../config.ts';
import { apiError } from '../errors.ts';
import { MAX_USERNAME_LENGTH, USERNAME_PATTERN } from '../schemas/auth.ts';
import { withDatabase } from './with-database.ts';

const RESET_VALID_SEC = 24 * 3_600;

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

type Action = (database: Database, ...names: string[]) => Promise<string>;

/** What each action does; it answers what to print. */
const ACTIONS: Readonly<Record<string, Action>> = {
  'grant-instructor': ofAccount(
    (database, username) => setInstructorRole(database, username, { isInstructor: true }),
    ({ username }) => `${username} is an instructor now.`,
  ),
  'revoke-instructor': ofAccount(
    (database, username) => setInstructorRole(database, username, { isInstructor: false }),
    ({ username }) => `${username} is no instructor any more.`,
  ),
  'list-instructors': listing(listInstructors, 'There is no instructor.'),
  'grant-staff': ofAccount(
    (database, username) => setStaffRole(database, username, { isStaff: true }),
    ({ username }) => `${username} is staff now.`,
  ),
  'revoke-staff': ofAccount(
    (database, username) => setStaffRole(database, username, { isStaff: false }),
    ({ username }) => `${username} is not staff any more.`,
  ),
  'list-staff': listing(listStaff, 'Nobody is staff.'),
  'disable-user': ofAccount(
    disableUser,
    ({ user, endedSessions }) => `${user.username} is disabled; sessions ended: ${endedSessions}.`,
  ),
  'enable-user': ofAccount(enableUser, ({ username }) => `${username} may log in again.`),
  'rename-user': rename,
  'reset-password': linkToReset,
};

async function main(): Promise<undefined> {
  const { positionals } = parseCommandLine({ help: HELP, args: process.argv.slice(2), options: {} });
  const [name = '', ...names] = positionals;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw usage('Give an action');
  const { DATABASE_URL: databaseUrl } = readCommandConfig();
  const answer = await withDatabase(databaseUrl, (database) => action(database, ...names));
  process.stdout.write(`${answer}\n`);
}

/** An action on one account; `change` answers null where there is none of that name. */
function ofAccount<Changed>(
  change: (database: Database, username: string) => Promise<Changed | null>,
  say: (changed: Changed) => string,
): Action {
  return async (database, username, ...rest) => {
    if (username === undefined || rest.length > 0) throw usage('Give the name of one account');
    const changed = await change(database, username);
    if (changed !== null) return say(changed);
    throw unknownUser(username);
  };
}

async function rename(
  database: Database,
  username?: string,
  newName?: string,
  ...rest: string[]
): Promise<string> {
  if (username === undefined || newName === undefined || rest.length > 0)
    throw usage('Give the name of an account and another for it');
  const isName = newName.length > 0 && newName.length <= MAX_USERNAME_LENGTH;
  if (!isName || !new RegExp(USERNAME_PATTERN, 'u').test(composed(newName)))
    throw usage(`A name has 1 to ${MAX_USERNAME_LENGTH} letters, digits and @/./+/-/_`);
  const user = await renameUser(database, username, newName);
  if (user === null) throw unknownUser(username);
  return `${username} is ${user.username} now.`;
}

async function linkToReset(database: Database, username?: string, ...rest: string[]): Promise<string> {
  if (username === undefined || rest.length > 0) throw usage('Give the name of one account');
  const token = randomBytes(32).toString('base64url');
  const reset = { tokenHash: hashToken(token), validSec: RESET_VALID_SEC };
  if ((await createPasswordReset(database, username, reset)) === null) throw unknownUser(username);
  // Behind the hash: no server's log gets to see it.
  return `${readCommandConfig().PASSWORD_RESET_URL}#token=${token}`;
}

function unknownUser(username: string): AppError {
  return apiError('USER_UNKNOWN', `There is no account named "${username}".`);
}

/** An action that prints names, one a line. */
function listing(list: (database: Database) => Promise<User[]>, none: string): Action {
  return async (database, ...superfluous) => {
    if (superfluous.length > 0) throw usage('A list takes no name');
    const users = await list(database);
    return users.map(({ username }) => username).join('\n') || none;
  };
}

function usage(problem: string): AppError {
  return usageError(`${problem}. See --help.`);
}

await runCommand(main);
