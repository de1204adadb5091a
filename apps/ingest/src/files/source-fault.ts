import type { AppError } from '@bachata-buddy/platform';
import { ingestError } from '../errors.ts';

/** What the system says of a file or a folder of somebody's, as a predicate: errno(3). All else is the machine's fault. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  EBUSY: 'is in use',
  EINVAL: 'cannot be read',
  EIO: 'cannot be read: the disk reports an error',
  EISDIR: 'is a folder',
  ELOOP: 'is a link that leads in circles',
  ENAMETOOLONG: 'has a name that is too long for this system',
  ENODEV: 'cannot be read',
  ENOENT: 'is missing, or is a link that leads nowhere',
  ENOTDIR: 'is missing, or is a link that leads nowhere',
  ENXIO: 'cannot be read',
  ESTALE: 'is not there any more',
};

/** Why a source could not be read, or undefined where that is not its own fault. */
export function reasonOf(thrown: unknown): string | undefined {
  const { code = '' } = (thrown ?? {}) as NodeJS.ErrnoException;
  return REASONS[code];
}

/** For a promise that reads a source. @throws AppError `INGEST_FILE` in place of the system's error about it */
export function rethrowSourceFault(thrown: unknown): never {
  const reason = reasonOf(thrown);
  if (reason === undefined) throw thrown;
  throw sourceFault(`it ${reason}`, thrown);
}

export function sourceFault(message: string, cause?: unknown): AppError {
  return ingestError('INGEST_FILE', message, { cause });
}
