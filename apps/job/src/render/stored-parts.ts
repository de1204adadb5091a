import { hasCode } from '@bachata-buddy/platform';
import { type ObjectStore, putIfAbsent } from '@bachata-buddy/storage';
import type { KeptParts } from './kept-parts.ts';

/** Where jobs keep what they have encoded; the bucket removes it after a time. */
const PREFIX = 'rendered/';

/**
 * Encoded parts in the bucket that media are in, for jobs of any machine. A part that is there already was made of the
 * same, and stays; the store itself refuses damaged content.
 */
export function openStoredParts(store: ObjectStore): KeptParts {
  const keyOf = (key: string): string => `${PREFIX}${key}.mp4`;
  return {
    async take(key, path) {
      try {
        await store.fetchToFile(keyOf(key), path);
        return true;
      } catch (thrown) {
        if (hasCode(thrown, 'STORAGE_NOT_FOUND')) return false;
        throw thrown;
      }
    },
    async keep(key, path) {
      await putIfAbsent(store, path, keyOf(key), { contentType: 'video/mp4' });
    },
    trim: async () => undefined,
  };
}
