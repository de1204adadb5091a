import { availableParallelism } from 'node:os';
import { composed } from '@bachata-buddy/platform';
import { hash, type Options, verify } from '@node-rs/argon2';
import { fewAtOnce } from './few-at-once.ts';

/** argon2id, 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. 2 is argon2id's number. */
const OPTIONS: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of 32 random bytes that were thrown away; made with the options above. */
const HASH_OF_NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$D4ybURJn4Vhp9bxy8IKGJQ$oO9jLseG/Mb6QVZiZFJoosY6tSNaSa8KpkIDzxTlD0M';

/** One core is left to all else; what comes meanwhile waits its turn. */
const inTurn = fewAtOnce(Math.max(1, availableParallelism() - 1));

/** A PHC string that holds salt and parameters, of the password in one normal form (NFC; RFC 8265, section 4.2.2). @throws HttpAnswer 503 where too many wait for theirs */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(composed(password), OPTIONS));
}

/**
 * What became of a password: `stale` where it is right as it was typed and not in the normal form, as passwords of
 * before were hashed: hash it anew.
 */
export type PasswordVerdict = 'right' | 'stale' | 'wrong';

/**
 * Whether the password is the one behind the hash: in its normal form, else as it was typed, where that differs. Without
 * a hash (no such user) the same work is done against a hash that nothing matches, so that the time tells nothing.
 *
 * @throws HttpAnswer 503 where too many wait for theirs
 */
export async function verifyPassword(
  password: string,
  passwordHash: string | undefined,
): Promise<PasswordVerdict> {
  const usual = composed(password);
  if (await isBehind(usual, passwordHash)) return 'right';
  return usual !== password && (await isBehind(password, passwordHash)) ? 'stale' : 'wrong';
}

async function isBehind(password: string, passwordHash: string | undefined): Promise<boolean> {
  if (passwordHash?.startsWith('$argon2')) return inTurn(() => verify(passwordHash, password));
  await inTurn(() => verify(HASH_OF_NOBODY, password));
  return false;
}
