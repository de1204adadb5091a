import type { AppError } from './app-error.ts';
import type { ErrorTable } from './error-codes.ts';
import { makeErrors } from './make-errors.ts';

/** What any program may say. */
export const PLATFORM_ERRORS = {
  CANCELLED: { meaning: 'Whoever wanted the work no longer does, or the program is about to end.' },
  CONFIG_INVALID: { meaning: 'Environment variables are missing or malformed; the message names them all.' },
  DOCUMENT_STALE: {
    meaning: 'A generated file is not what the code makes of it: `pnpm generate` writes it.',
  },
  FILE_NOT_WRITTEN: {
    meaning: 'A file that a command was asked for cannot be written; the message names it and says why.',
  },
  USAGE: { meaning: 'A command was called in a way that it does not know; `--help` says how.' },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof PLATFORM_ERRORS, 'platform'> {}
}

export const platformError = makeErrors('platform', PLATFORM_ERRORS);

/** A command was called wrongly. */
export function usageError(message: string, cause?: unknown): AppError {
  return platformError('USAGE', message, { cause });
}

/** The work was given up, not failed. */
export function cancelled(message: string, cause?: unknown): AppError {
  return platformError('CANCELLED', message, { cause });
}
