import { DATA_PREFIX } from './storage-keys.ts';

/** Characters of a storage key: what the catalogue's columns hold. */
export const MAX_STORAGE_KEY_LENGTH = 500;
/** UTF-8 bytes of a storage key: what Google Cloud Storage takes for a name. */
export const MAX_STORAGE_KEY_BYTES = 1024;
/** UTF-8 bytes of one path segment: NAME_MAX of Linux file systems. */
export const MAX_SEGMENT_BYTES = 255;

/** A scheme (`gs://`, `file:`) or a drive (`C:`): a colon before the first slash. */
const SCHEME_OR_DRIVE = /^[^/]*:/;
const CONTROL_OR_SURROGATE = /[\p{Cc}\p{Cs}]/u;

/** What can be wrong with a storage key. */
export type StorageKeyFault =
  | 'empty'
  | 'nul'
  | 'control'
  | 'parent'
  | 'backslash'
  | 'absolute'
  | 'scheme'
  | 'prefix'
  | 'long'
  | 'many-bytes'
  | 'empty-segment'
  | 'dot-segment'
  | 'long-segment';

/**
 * What is wrong with a storage key, or null for one that every store can keep and every document can name. The one rule
 * for whoever takes or makes a key.
 *
 * Good: segments between `/`, none empty, `.` or `..` (dots inside a name are a name's: `Noche... de Luna.mp3`); no NUL or
 * other control character, no lone surrogate, no backslash; no scheme and no drive; no `data/` in front, which documents
 * may write and which is no part of a key; at most 500 characters, 1024 bytes of UTF-8, 255 bytes a segment.
 */
export function storageKeyFault(key: string): StorageKeyFault | null {
  if (key === '') return 'empty';
  if (key.includes('\0')) return 'nul';
  if (CONTROL_OR_SURROGATE.test(key)) return 'control';
  const segments = key.split('/');
  if (segments.includes('..')) return 'parent';
  if (key.includes('\\')) return 'backslash';
  if (key.startsWith('/')) return 'absolute';
  if (SCHEME_OR_DRIVE.test(key)) return 'scheme';
  if (key.startsWith(DATA_PREFIX)) return 'prefix';
  if (key.length > MAX_STORAGE_KEY_LENGTH) return 'long';
  if (byteLength(key) > MAX_STORAGE_KEY_BYTES) return 'many-bytes';
  if (segments.includes('')) return 'empty-segment';
  if (segments.includes('.')) return 'dot-segment';
  return segments.some((segment) => byteLength(segment) > MAX_SEGMENT_BYTES) ? 'long-segment' : null;
}

const utf8 = new TextEncoder();

/** Of UTF-8; pages read documents too, and have no `Buffer`. */
function byteLength(text: string): number {
  return utf8.encode(text).length;
}
