import { DATA_PREFIX, withoutDataPrefix } from '@bachata-buddy/vocabulary';
import { BlueprintError } from './blueprint-error.ts';
import { MAX_SEGMENT_BYTES, MAX_STORAGE_KEY_LENGTH } from './limits.ts';
import { quote } from './quote.ts';

/** A scheme (`gs://`, `file:`) or a drive (`C:`): a colon before the first slash. */
const SCHEME_OR_DRIVE = /^[^/]*:/;
const CONTROL_OR_SURROGATE = /[\p{Cc}\p{Cs}]/u;

/**
 * A storage key as the document may write it, brought to its one form: relative, without `data/` in front.
 *
 * Throws BlueprintError where `storageKeyProblem` finds something.
 *
 * @example parseStorageKey('data/songs/Amor.mp3') // 'songs/Amor.mp3'
 */
export function parseStorageKey(text: string): string {
  const problem = storageKeyProblem(text);
  if (problem !== null) {
    const issue = { path: '', text: `Storage key ${problem}` };
    throw new BlueprintError([issue], issue.text);
  }
  return withoutDataPrefix(text);
}

/**
 * What is wrong with a storage key, as a predicate ("contains null bytes"), or null for a good one.
 *
 * Good: `/`-separated non-empty segments; none is `.`; no `..` anywhere; no NUL or other control character, no
 * lone surrogate, no backslash, no scheme and no drive; at most 500 characters, 255 UTF-8 bytes a segment.
 * One `data/` in front is accepted and does not count; a second one would be ambiguous and is refused.
 */
export function storageKeyProblem(text: string): string | null {
  if (text === '') return 'cannot be empty';
  if (text.includes('\0')) return 'contains null bytes';
  if (CONTROL_OR_SURROGATE.test(text)) return `contains control characters: ${quote(text)}`;
  if (text.includes('..')) return `contains parent directory reference (..): ${quote(text)}`;
  if (text.includes('\\')) return `contains a backslash: ${quote(text)}`;
  const key = withoutDataPrefix(text);
  if (text.startsWith('/') || key.startsWith('/'))
    return `contains absolute path (not allowed): ${quote(text)}`;
  if (SCHEME_OR_DRIVE.test(key)) return `contains a URL scheme or drive (not allowed): ${quote(text)}`;
  if (key.startsWith(DATA_PREFIX)) return `repeats the data/ prefix: ${quote(text)}`;
  if (key.length > MAX_STORAGE_KEY_LENGTH) return `is longer than ${MAX_STORAGE_KEY_LENGTH} characters`;
  return segmentsProblem(key.split('/'), text);
}

function segmentsProblem(segments: readonly string[], text: string): string | null {
  for (const segment of segments) {
    if (segment === '') return `contains an empty path segment: ${quote(text)}`;
    if (segment === '.') return `contains a dot path segment: ${quote(text)}`;
    if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) {
      return `has a path segment longer than ${MAX_SEGMENT_BYTES} bytes`;
    }
  }
  return null;
}
