import { isEasilyGuessed } from './password-strength.ts';

const MIN_LENGTH = 8;

/**
 * Every reason why a new password is too weak, in the words clients know; empty where it will do.
 *
 * @param username the name it will be used with, where that is known
 */
export function findPasswordWeaknesses(password: string, username?: string): string[] {
  const weaknesses: string[] = [];
  const folded = password.trim().toLowerCase();
  if (username !== undefined && username !== '' && folded === username.trim().toLowerCase()) {
    weaknesses.push('The password is too similar to the username.');
  }
  const isShort = [...password].length < MIN_LENGTH;
  if (isShort)
    weaknesses.push(`This password is too short. It must contain at least ${MIN_LENGTH} characters.`);
  const isNumeric = /^\p{Nd}+$/u.test(password);
  // Of what is refused for its form nothing more need be said.
  if (!isShort && !isNumeric && isEasilyGuessed(password)) weaknesses.push('This password is too common.');
  if (isNumeric) weaknesses.push('This password is entirely numeric.');
  return weaknesses;
}
