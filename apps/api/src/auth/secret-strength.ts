import { configError } from '@bachata-buddy/platform';

/** Half of what 32 random hexadecimal digits have; texts that people make up have less than they think. */
const MIN_ENTROPY_BITS = 64;

/** What a text repeats, the last time perhaps in part; all of it where it repeats nothing. */
function repeatedPartOf(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return part;
  }
  return text;
}

/**
 * How many bits the characters of a text hold that are drawn as often as they stand in it (Shannon, 1948), of what it
 * repeats counted once. An upper bound on what a guesser has to try.
 */
function entropyBitsOf(text: string): number {
  const characters = [...repeatedPartOf(text)];
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / characters.length);
  return bits;
}

/** @throws AppError `CONFIG_INVALID` where a secret could be guessed */
export function assertStrongSecret(name: string, secret: string | undefined): void {
  if (secret === undefined || entropyBitsOf(secret) >= MIN_ENTROPY_BITS) return;
  throw configError([`${name} is too easy to guess: make one with \`openssl rand -base64 36\``]);
}
