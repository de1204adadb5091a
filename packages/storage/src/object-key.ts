import { storageKeyFault } from '@bachata-buddy/vocabulary';
import { storageError } from './errors.ts';

/**
 * The key itself, once it is known to be harmless (see `storageKeyFault`).
 *
 * @throws AppError `STORAGE_KEY_INVALID`
 */
export function checkObjectKey(key: string): string {
  const fault = storageKeyFault(key);
  if (fault === null) return key;
  throw storageError('STORAGE_KEY_INVALID', 'The storage key is not valid.', { details: { key, fault } });
}
