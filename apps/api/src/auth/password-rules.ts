import { foldForName } from '@bachata-buddy/platform';
import { isEasilyGuessed } from './password-strength.ts';

const MIN_LENGTH = 8;

/**
 * Every reason in its form why a new password is too weak, in the words clients know; empty where it will do.
 *
 * @param username the name it will be used with, where that is known
 */
export function findPasswordWeaknesses(password: string, username?: string): string[] {
  const weaknesses: string[] = [];
  const isName = foldForName(password.trim()) === foldForName(username?.trim() ?? '');
  if (username !== undefined && username !== '' && isName) {
    weaknesses.push('The password is too similar to the username.');
  }
  if (isShort(password))
    weaknesses.push(`This password is too short. It must contain at least ${MIN_LENGTH} characters.`);
  if (isNumeric(password)) weaknesses.push('This password is entirely numeric.');
  return weaknesses;
}

/** That a password is too common, which takes its time to find out; of what is refused for its form nothing more is said. */
export async function findCommonness(password: string): Promise<string[]> {
  if (isShort(password) || isNumeric(password) || !(await isEasilyGuessed(password))) return [];
  return ['This password is too common.'];
}

const isShort = (password: string): boolean => [...password].length < MIN_LENGTH;
const isNumeric = (password: string): boolean => /^\p{Nd}+$/u.test(password);
