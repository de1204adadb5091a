import { DATA_PREFIX, MAX_STORAGE_KEY_LENGTH } from '@bachata-buddy/vocabulary';
import Type from 'typebox';
import { type FieldNotes, notes } from './annotated.ts';

/**
 * What a regular expression can say of a storage key: no leading slash, no empty, `.` or `..` segment, no
 * backslash, no control character, no colon in the first segment (a scheme or a drive). `storageKeyProblem`
 * says the same with a text for each, and counts bytes besides.
 */
export const STORAGE_KEY_PATTERN = [
  '^(?!data/data/)',
  '(?!(?:.*/)?\\.\\.(?:/|$))',
  '(?!(?:data/)?[^/]*:)',
  '(?:(?!\\.?/)[^/\\\\\\p{Cc}\\p{Cs}]+/)*',
  '(?!\\.$)[^/\\\\\\p{Cc}\\p{Cs}]+$',
].join('');

const STORAGE_KEY_KEYWORD = 'x-storage-key';

/** A string that names an object in storage. */
export function StorageKey(field: FieldNotes) {
  return Type.String({
    minLength: 1,
    maxLength: MAX_STORAGE_KEY_LENGTH + DATA_PREFIX.length,
    pattern: STORAGE_KEY_PATTERN,
    [STORAGE_KEY_KEYWORD]: true,
    ...notes(field),
  });
}
