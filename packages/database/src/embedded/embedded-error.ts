import { AppError } from '@bachata-buddy/platform';
import { dbError } from '../errors.ts';

const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);
const NO_SPACE_TEXT = /no space left on device|disk quota exceeded/i;

/** What went wrong with the embedded server's files or programs, as an {@link AppError} for people. */
export function embeddedError(thrown: unknown, output = ''): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || NO_SPACE_TEXT.test(output)) {
    return dbError(
      'DB_EMBEDDED_DISK_FULL',
      'The disk is full: the embedded PostgreSQL server needs about 50 MB',
      { cause: thrown },
    );
  }
  if (NOT_WRITABLE.has(code)) {
    return dbError(
      'DB_EMBEDDED_NOT_WRITABLE',
      'The folder for the embedded PostgreSQL server cannot be written; change its owner or set DATABASE_URL',
      { cause: thrown },
    );
  }
  return dbError(
    'DB_EMBEDDED_FAILED',
    'The embedded PostgreSQL server did not start; its log (postgres.log) says why. Or set DATABASE_URL',
    { details: output === '' ? {} : { output }, cause: thrown },
  );
}
