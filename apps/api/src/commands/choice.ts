import { usageError } from '@bachata-buddy/platform';
import { MAX_ROW_ID } from '../http/path-ids.ts';
import { songUnknown } from './remove-media.ts';

/** One of the allowed values, or undefined where the option is absent. @throws AppError `USAGE` */
export function parseChoice<T extends string>(
  option: string,
  text: string | undefined,
  allowed: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const choice = allowed.find((value) => value === text);
  if (choice === undefined) {
    throw usageError(`--${option} must be one of: ${allowed.join(', ')}`);
  }
  return choice;
}

/** A whole number from `least` up, or undefined where the option is absent. @throws AppError `USAGE` */
export function parseWholeNumber(option: string, text: string | undefined, least = 0): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < least) {
    throw usageError(`--${option} must be a whole number from ${least} up`);
  }
  return number;
}

/** @throws AppError `USAGE`, and `SONG_UNKNOWN` for a number that no song can have */
export function parseSongId(id: string): number {
  if (!/^\d{1,16}$/.test(id)) {
    throw usageError(`"${id}" is not the id of a song, which is a number. See pnpm songs list.`);
  }
  const songId = Number(id);
  if (songId < 1 || songId > MAX_ROW_ID) throw songUnknown(id);
  return songId;
}

/**
 * An option that says nothing to what is done, such as `--dry-run` to what knows no such thing, is not ignored: whoever
 * gives it believes that it holds.
 *
 * @param optionsOf of each action, the names of those that it takes
 * @throws AppError `USAGE`
 */
export function requireOptionsOf<Action extends string>(
  action: Action,
  optionsOf: Readonly<Record<Action, readonly string[]>>,
  given: object,
): void {
  const foreign = Object.keys(given).filter((name) => !optionsOf[action].includes(name));
  if (foreign.length === 0) return;
  throw usageError(`${action} takes no ${foreign.map((name) => `--${name}`).join(', ')}. See --help.`);
}
