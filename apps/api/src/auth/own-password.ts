import { type Database, findUserById, type User } from '@bachata-buddy/database';
import type { FastifyReply } from 'fastify';
import { invalidFields, notFound } from '../http/http-answer.ts';
import { throttle } from '../http/throttle.ts';
import { verifyPassword } from './password-hash.ts';

/** Of one account: enough for people who try what they remember. */
const TRIES_AN_HOUR = 10;
const WRONG = 'The password is not right.';

export interface PasswordCheck {
  readonly database: Database;
  readonly reply: FastifyReply;
  readonly userId: number;
  readonly password: string;
  /** Where it stands in the body. */
  readonly field: string;
}

/**
 * The caller's account, who has to know its password for what cannot be taken back: whoever found a page open does not.
 *
 * @throws HttpAnswer 400 where it is not that, 429 after too many tries
 */
export async function confirmPassword(check: PasswordCheck): Promise<User> {
  const { database, reply, userId, password, field } = check;
  const subject = String(userId);
  await throttle(database, { scope: 'password', subject, limit: TRIES_AN_HOUR, windowSec: 3_600 }, reply);
  const user = await findUserById(database, userId);
  if (user === null) throw notFound();
  const verdict = await verifyPassword(password, user.passwordHash);
  if (verdict === 'wrong') throw invalidFields({ [field]: [WRONG] });
  return user;
}
