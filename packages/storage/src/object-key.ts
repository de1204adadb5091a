import { storageError } from './errors.ts';

const MAX_KEY_LENGTH = 500;
const MAX_SEGMENT_BYTES = 255;

/**
 * The key itself, once it is known to be harmless: relative, `/` between segments, no empty, `.` or `..`
 * segment, no backslash, control character, scheme or drive.
 *
 * @throws AppError `STORAGE_KEY_INVALID`
 */
export function checkObjectKey(key: string): string {
  const isHarmless =
    key.length > 0 &&
    key.length <= MAX_KEY_LENGTH &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    !/[\u0000-\u001f\u007f\\]/.test(key) &&
    !/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(key) &&
    key.split('/').every((segment) => {
      return (
        segment !== '' &&
        segment !== '.' &&
        segment !== '..' &&
        Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES
      );
    });
  if (!isHarmless)
    throw storageError('STORAGE_KEY_INVALID', 'The storage key is not valid.', { details: { key } });
  return key;
}
