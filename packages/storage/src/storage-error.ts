import { AppError } from '@bachata-buddy/platform';

export function notFoundError(key: string): AppError {
  return new AppError(`Not found in storage: ${key}`, { code: 'STORAGE_NOT_FOUND', details: { key } });
}

export function existsError(cause?: unknown): AppError {
  return new AppError('Something is stored under that key already.', { code: 'STORAGE_EXISTS', cause });
}

const TEXT_OF_ERRNO: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EACCES: 'Permission denied in the storage folder.',
  EPERM: 'Permission denied in the storage folder.',
  EROFS: 'The storage folder is read-only.',
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
  return new AppError(TEXT_OF_ERRNO[errno] ?? 'The storage folder could not be read or written.', {
    code: 'STORAGE_FAILED',
    retryable: errno !== 'EROFS',
    details: { errno },
    cause: thrown,
  });
}
