import { isIPv6 } from 'node:net';
import { type Database, isKnownNetwork, type RateLimit, releaseFromRateLimit } from '@bachata-buddy/database';
import { foldForName } from '@bachata-buddy/platform';
import type { FastifyReply } from 'fastify';
import { showOneMore, throttle } from '../http/throttle.ts';

const WINDOW_SEC = 15 * 60;
/** Of one name on one network: enough for people who try what they remember. */
const FAILURES_OF_PAIR = 10;
/** Of one name from everywhere, where its owner has not logged in before: a guess spread over many networks. */
const FAILURES_OF_USERNAME = 100;
/** Many people share a network, so it gets more than one of them. */
const FAILURES_OF_NETWORK = 50;

export interface LoginAttempt {
  /** Where it comes from. */
  readonly address: string;
  /** As typed, whether there is such a user or not. */
  readonly username: string;
}

/**
 * Counts an attempt, and says so in its answer, before the password is looked at: guesses sent all at once are counted as well. One that a limit
 * refuses counts for none. Call what it returns once the login was right, which then does not count.
 *
 * What strangers do locks nobody out where they are at home: the limit of a name alone holds on networks on which its
 * owner has never logged in. (OWASP Authentication Cheat Sheet, "Account Lockout".)
 *
 * @throws HttpAnswer 429
 */
export async function throttleLogin(
  database: Database,
  { address, username }: LoginAttempt,
  reply: FastifyReply,
): Promise<() => Promise<void>> {
  const network = networkOf(address);
  const isAtHome = await isKnownNetwork(database, { username, network });
  // However it is spelt: it is one account, or none.
  const name = foldForName(username);
  const limits: RateLimit[] = [
    limitOf('login-pair', `${network} ${name}`, FAILURES_OF_PAIR),
    limitOf('login-address', network, FAILURES_OF_NETWORK),
    ...(isAtHome ? [] : [limitOf('login-username', name, FAILURES_OF_USERNAME)]),
  ];
  const taken: RateLimit[] = [];
  const giveBack = async (): Promise<void> => {
    for (const limit of taken) await releaseFromRateLimit(database, limit);
  };
  try {
    for (const limit of limits) {
      await throttle(database, limit, reply);
      taken.push(limit);
    }
  } catch (thrown) {
    await giveBack();
    throw thrown;
  }
  return async () => {
    await giveBack();
    showOneMore(reply);
  };
}

function limitOf(scope: string, subject: string, limit: number): RateLimit {
  return { scope, subject, limit, windowSec: WINDOW_SEC };
}

/** An IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has all. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
