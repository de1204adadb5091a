import { isIPv6 } from 'node:net';
import { type Database, type RateLimit, releaseFromRateLimit } from '@bachata-buddy/database';
import { throttle } from '../http/throttle.ts';

const WINDOW_SEC = 15 * 60;
/** Enough for people who try what they remember; argon2id and these together make guessing hopeless. */
const FAILURES_OF_USERNAME = 10;
/** Many people share an address, so it gets more. */
const FAILURES_OF_ADDRESS = 50;

export interface LoginAttempt {
  /** Where it comes from. */
  readonly address: string;
  /** As typed, whether there is such a user or not. */
  readonly username: string;
}

/**
 * Counts an attempt, before the password is looked at: guesses sent all at once are counted as well. Call what it
 * returns once the login was right, which then does not count.
 *
 * @throws HttpAnswer 429
 */
export async function throttleLogin(
  database: Database,
  { address, username }: LoginAttempt,
): Promise<() => Promise<void>> {
  const limits: RateLimit[] = [
    {
      scope: 'login-address',
      subject: networkOf(address),
      limit: FAILURES_OF_ADDRESS,
      windowSec: WINDOW_SEC,
    },
    { scope: 'login-username', subject: username, limit: FAILURES_OF_USERNAME, windowSec: WINDOW_SEC },
  ];
  for (const limit of limits) await throttle(database, limit);
  return async () => {
    for (const limit of limits) await releaseFromRateLimit(database, limit);
  };
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
