import { AppError } from '@bachata-buddy/platform';

/** Half of what 32 random hexadecimal digits have; texts that people make up have less than they think. */
const MIN_ENTROPY_BITS = 64;

/**
 * How many bits a text of its characters, drawn as often as they stand in it, holds (Shannon, 1948): 0 where all are
 * equal or there is none. An upper bound on what a guesser has to try.
 */
function entropyBitsOf(text: string): number {
  const characters = [...text];
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / characters.length);
  return bits;
}

/** @throws AppError `CONFIG_INVALID` where a secret could be guessed */
export function assertStrongSecret(name: string, secret: string | undefined): void {
  if (secret === undefined || entropyBitsOf(secret) >= MIN_ENTROPY_BITS) return;
  const line = `  ${name} is too easy to guess: make one with \`openssl rand -base64 36\``;
  throw new AppError(`The configuration is not valid:\n${line}`, { code: 'CONFIG_INVALID' });
}
