import { randomUUID } from 'node:crypto';
import { type Database, forgetUpload } from '@bachata-buddy/database';
import { hasCode } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { UPLOAD_PREFIX } from '@bachata-buddy/vocabulary';

/** As videos of tasks have. */
const CACHE_CONTROL = 'public, max-age=86400';

export interface VideoToStore<T> {
  readonly store: ObjectStore;
  readonly database: Database;
  readonly filePath: string;
  /** Before anything is stored: notes that it will be. @throws where it may not */
  readonly reserve: (key: string) => Promise<void>;
  /** Notes the video in an item; null where there is none. */
  readonly record: (key: string) => Promise<T | null>;
}

/** Stores a film under a key of its own, which nobody can guess and which says nothing of the client's name for it. */
export function withStoredVideo<T>(video: VideoToStore<T>): Promise<T | null> {
  const key = `${UPLOAD_PREFIX}${randomUUID()}.mp4`;
  return withStoredUpload({ ...video, key, contentType: 'video/mp4', cacheControl: CACHE_CONTROL });
}

export interface UploadToStore<T> extends VideoToStore<T> {
  /** Of its own. */
  readonly key: string;
  readonly contentType: string;
  readonly cacheControl?: string;
}

/**
 * Stores what somebody sent, and has it noted before and after. Where it could not be stored, or found nothing to be noted
 * in, it is removed again; but not where the database is lost on the way: then it may be noted, and a file too many is
 * removed later.
 */
export async function withStoredUpload<T>(upload: UploadToStore<T>): Promise<T | null> {
  const { store, filePath, key, contentType, cacheControl, reserve, record } = upload;
  await reserve(key);
  try {
    const kept = cacheControl === undefined ? {} : { cacheControl };
    await store.putFile(filePath, key, { contentType, ifAbsent: true, ...kept });
    const recorded = await record(key);
    if (recorded === null) await discard(upload, key);
    return recorded;
  } catch (thrown) {
    if (!isUncertain(thrown)) await discard(upload, key);
    throw thrown;
  }
}

async function discard({ store, database }: Pick<VideoToStore<unknown>, 'store' | 'database'>, key: string) {
  await store.remove(key);
  await forgetUpload(database, key);
}

/** The statement may have been carried out, and its answer lost. */
function isUncertain(thrown: unknown): boolean {
  return hasCode(thrown, 'DB_UNAVAILABLE');
}
