import type { ObjectStore } from '@bachata-buddy/storage';

/** The name of a video holds its task, and a task is rendered to one result. */
const CACHE_CONTROL = 'public, max-age=86400';

export interface UploadOptions {
  readonly store: ObjectStore;
  readonly path: string;
  readonly key: string;
  readonly signal: AbortSignal;
}

/**
 * Stores the video under its key, whole or not at all. An earlier attempt's video of the same task is replaced.
 *
 * @throws AppError `STORAGE_FAILED`
 */
export async function uploadVideo({ store, path, key, signal }: UploadOptions): Promise<void> {
  signal.throwIfAborted();
  await store.putFile(path, key, { contentType: 'video/mp4', cacheControl: CACHE_CONTROL, signal });
}
