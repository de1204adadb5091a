import type { AppError } from '@bachata-buddy/platform';
import { storageError } from './errors.ts';

export function notFoundError(key: string): AppError {
  return storageError('STORAGE_NOT_FOUND', `Not found in storage: ${key}`, { details: { key } });
}

export function existsError(cause?: unknown): AppError {
  return storageError('STORAGE_EXISTS', 'Something is stored under that key already.', { cause });
}

const TEXT_OF_ERRNO: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EACCES: 'Permission denied in the storage folder.',
  EPERM: 'Permission denied in the storage folder.',
  EROFS: 'The storage folder is read-only.',
};

/** All else may be gone when it is tried again. */
const CODE_OF_ERRNO: Readonly<Record<string, 'STORAGE_FULL' | 'STORAGE_REFUSED'>> = {
  ENOSPC: 'STORAGE_FULL',
  EDQUOT: 'STORAGE_FULL',
  EROFS: 'STORAGE_REFUSED',
};

/** Whether the file system threw it, and not a connection. */
export function isFileError(thrown: unknown): boolean {
  const { code, path } = (thrown ?? {}) as NodeJS.ErrnoException;
  return code !== undefined && (path !== undefined || code in TEXT_OF_ERRNO);
}

/** A file system's error in words for a user. */
export function fileError(thrown: unknown): AppError {
  const errno = (thrown as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (errno === 'EEXIST') return existsError(thrown);
  return storageError(
    CODE_OF_ERRNO[errno] ?? 'STORAGE_FAILED',
    TEXT_OF_ERRNO[errno] ?? 'The storage folder could not be read or written.',
    { details: { errno }, cause: thrown },
  );
}
