import type { GridChange } from '@bachata-buddy/music';
import { type AppError, usageError } from '@bachata-buddy/platform';

/** A bar has four counts, an eight eight: more than this comes round again. */
const MOST_SHIFTED_COUNTS = 7;
/** Options whose value may be below 0. */
const SIGNED_OPTIONS = ['--shift-counts'];

export interface GridOptions {
  readonly 'half-time'?: boolean | undefined;
  readonly 'double-time'?: boolean | undefined;
  readonly 'shift-counts'?: string | undefined;
  readonly 'first-eight'?: string | undefined;
  readonly clear?: boolean | undefined;
}

/** `--shift-counts -1` as `--shift-counts=-1`: else the number would be taken for an option. */
export function joinNegativeValues(args: readonly string[]): string[] {
  const joined: string[] = [];
  let option: string | undefined;
  for (const arg of args) {
    if (option !== undefined) {
      joined.push(`${option}=${arg}`);
      option = undefined;
    } else if (SIGNED_OPTIONS.includes(arg)) option = arg;
    else joined.push(arg);
  }
  return option === undefined ? joined : [...joined, option];
}

/** What the options say of a song's counts; null for `--clear`. @throws AppError `USAGE` */
export function parseGridChange(options: GridOptions): GridChange | null {
  const { 'half-time': half = false, 'double-time': double = false, clear = false } = options;
  if (half && double) throw usage('--half-time and --double-time exclude each other');
  const change: GridChange = {
    ...(half ? { tempo: 'half' } : double ? { tempo: 'double' } : {}),
    ...parseShift(options['shift-counts']),
    ...parseFirstEight(options['first-eight']),
  };
  const isEmpty = Object.keys(change).length === 0;
  if (clear && !isEmpty) throw usage('--clear goes alone');
  if (!clear && isEmpty) throw usage('Say how the song is counted, or --clear');
  return clear ? null : change;
}

function parseShift(text: string | undefined): Pick<GridChange, 'shiftCounts'> {
  if (text === undefined) return {};
  const shiftCounts = /^[+-]?\d{1,2}$/.test(text) ? Number(text) : 0;
  if (shiftCounts !== 0 && Math.abs(shiftCounts) <= MOST_SHIFTED_COUNTS) return { shiftCounts };
  throw usage(
    `--shift-counts must be a whole number from -${MOST_SHIFTED_COUNTS} to ${MOST_SHIFTED_COUNTS}, not 0`,
  );
}

function parseFirstEight(text: string | undefined): Pick<GridChange, 'firstEightSec'> {
  if (text === undefined) return {};
  if (/^\d{1,5}(\.\d{1,6})?$/.test(text)) return { firstEightSec: Number(text) };
  throw usage('--first-eight must be a number of seconds from 0 up, such as 12.4');
}

function usage(problem: string): AppError {
  return usageError(`${problem}. See --help.`);
}
