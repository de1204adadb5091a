import {
  DATA_PREFIX,
  MAX_SEGMENT_BYTES,
  MAX_STORAGE_KEY_BYTES,
  MAX_STORAGE_KEY_LENGTH,
  type StorageKeyFault,
  storageKeyFault,
  withoutDataPrefix,
} from '@bachata-buddy/vocabulary';
import { BlueprintError } from './blueprint-error.ts';
import { quote } from './quote.ts';

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

/** Faults as predicates. */
const TEXTS: Readonly<Record<StorageKeyFault, string>> = {
  nul: 'contains null bytes',
  control: 'contains control characters',
  parent: 'contains parent directory reference (..)',
  backslash: 'contains a backslash',
  absolute: 'contains absolute path (not allowed)',
  scheme: 'contains a URL scheme or drive (not allowed)',
  prefix: `repeats the ${DATA_PREFIX} prefix`,
  long: `is longer than ${MAX_STORAGE_KEY_LENGTH} characters`,
  'many-bytes': `is longer than ${MAX_STORAGE_KEY_BYTES} bytes`,
  // Of a whole key: nothing stands behind the prefix.
  empty: 'contains an empty path segment',
  'empty-segment': 'contains an empty path segment',
  'dot-segment': 'contains a dot path segment',
  'long-segment': `has a path segment longer than ${MAX_SEGMENT_BYTES} bytes`,
};
/** Where the key itself would help nobody. */
const WITHOUT_QUOTE: ReadonlySet<StorageKeyFault> = new Set(['nul', 'long', 'many-bytes', 'long-segment']);

/**
 * What is wrong with a storage key, as a predicate ("contains null bytes"), or null for a good one: `storageKeyFault` of
 * what stands behind one `data/`, which is accepted and does not count; a second one would be ambiguous.
 */
export function storageKeyProblem(text: string): string | null {
  if (text === '') return 'cannot be empty';
  const fault = storageKeyFault(withoutDataPrefix(text));
  if (fault === null) return null;
  return WITHOUT_QUOTE.has(fault) ? TEXTS[fault] : `${TEXTS[fault]}: ${quote(text)}`;
}
