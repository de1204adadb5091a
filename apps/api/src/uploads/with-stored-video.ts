import { randomUUID } from 'node:crypto';
import { hasCode } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { UPLOAD_PREFIX } from '@bachata-buddy/vocabulary';

/** As videos of tasks have. */
const CACHE_CONTROL = 'public, max-age=86400';

/**
 * Stores a film under a key of its own, which nobody can guess and which says nothing of the client's name for it, and
 * lets `record` note it. Where that fails, or finds nothing to note it in (null), the film is removed again; but not
 * where the database is lost on the way: then it may be noted, and a film too many is better than one too few.
 */
export async function withStoredVideo<T>(
  store: ObjectStore,
  filePath: string,
  record: (key: string) => Promise<T | null>,
): Promise<T | null> {
  const key = `${UPLOAD_PREFIX}${randomUUID()}.mp4`;
  await store.putFile(filePath, key, {
    contentType: 'video/mp4',
    cacheControl: CACHE_CONTROL,
    ifAbsent: true,
  });
  try {
    const recorded = await record(key);
    if (recorded === null) await store.remove(key);
    return recorded;
  } catch (thrown) {
    if (!isUncertain(thrown)) await store.remove(key);
    throw thrown;
  }
}

/** The statement may have been carried out, and its answer lost. */
function isUncertain(thrown: unknown): boolean {
  return hasCode(thrown, 'DB_UNAVAILABLE');
}
