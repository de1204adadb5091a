import { usageError } from '@bachata-buddy/platform';

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

/** A whole number from 0 up, or undefined where the option is absent. @throws AppError `USAGE` */
export function parseWholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number)) {
    throw usageError(`--${option} must be a whole number from 0 up`);
  }
  return number;
}
