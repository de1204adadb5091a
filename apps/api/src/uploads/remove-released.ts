import { type Database, forgetUpload, listReleasedUploads, releaseUploads } from '@bachata-buddy/database';
import type { ObjectStore } from '@bachata-buddy/storage';
import { OWN_SONG_PREFIX, ownSampleKey } from '@bachata-buddy/vocabulary';

/** As long as a signed address works by default: who is watching a video that is deleted sees it to its end. */
const GRACE_SEC = 6 * 3_600;
const AT_ONCE = 200;

/**
 * Removes videos of people's own that no item shows any more, and songs of their own that are there no more, some hours
 * after that was seen: those of items that were deleted or got another video, of accounts that are gone, and what was
 * stored and then noted in no item. Others may do the same at the same time.
 *
 * @returns how many
 * @throws AppError `STORAGE_FAILED`; what was removed until then stays removed
 */
export async function removeReleasedUploads(
  { database, store }: { readonly database: Database; readonly store: ObjectStore },
  graceSec: number = GRACE_SEC,
): Promise<number> {
  await releaseUploads(database);
  const keys = await listReleasedUploads(database, { graceSec, limit: AT_ONCE });
  for (const key of keys) {
    for (const one of filesOf(key)) await store.remove(one);
    // Last: a video without a row would never be found again.
    await forgetUpload(database, key);
  }
  return keys.length;
}

/** What lies under a key, and what was made of it. */
function filesOf(key: string): string[] {
  return key.startsWith(OWN_SONG_PREFIX) ? [key, ownSampleKey(key)] : [key];
}
