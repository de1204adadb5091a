import { AppError, type AppErrorOptions } from './app-error.ts';
import type { ErrorCode, ErrorRoom, ErrorTable } from './error-codes.ts';

/** Makes an error of one of a room's codes. */
export type ErrorMaker<Code extends string> = (
  code: Code,
  message: string,
  more?: Pick<AppErrorOptions, 'details' | 'cause'>,
) => AppError;

/** The maker of a room's errors: what its table says of a code is said by each of them. */
export function makeErrors<Table extends ErrorTable>(
  room: ErrorRoom,
  table: Table,
): ErrorMaker<keyof Table & ErrorCode> {
  return (code, message, more = {}) => new AppError(message, { code, room, facts: table[code], ...more });
}
