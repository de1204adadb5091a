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
import { type AppError, composed, usageError } from '@bachata-buddy/platform';
import { hashToken } from '../auth/tokens.ts';
import { readCommandConfig } from '../config.ts';
import { apiError } from '../errors.ts';
import { MAX_USERNAME_LENGTH, USERNAME_PATTERN } from '../schemas/auth.ts';

const RESET_VALID_SEC = 24 * 3_600;

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

/** An action and the names that it is given. */
type Words = readonly string[];

/** @throws AppError `USAGE` where the first word is no action */
export function requireAction([name = '']: Words): Action {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw usage('Give an action');
  return action;
}

/**
 * Does what an operator says to an account, or lists accounts.
 *
 * @param words e.g. `['rename-user', 'ana', 'eva']`
 * @returns what to print
 * @throws AppError `USAGE` where a name is missing or too many, `USER_UNKNOWN`
 */
export async function administer(database: Database, words: Words): Promise<string> {
  return requireAction(words)(database, ...words.slice(1));
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
