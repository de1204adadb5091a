import { type ObjectFacts, type ObjectStore, type PutOptions, putIfAbsent } from '@bachata-buddy/storage';

/** The name of a video holds its task, and a task is rendered to one result. */
const CACHE_CONTROL = 'public, max-age=86400';

export interface UploadOptions {
  readonly store: ObjectStore;
  readonly path: string;
  readonly key: string;
  /** A row stands for the task: what it makes is written once. */
  readonly isWriteOnce: boolean;
  readonly signal: AbortSignal;
}

/** Stores the video. @throws AppError `STORAGE_FAILED` */
export function uploadVideo(options: UploadOptions): Promise<ObjectFacts> {
  return storeOutput({ ...options, contentType: 'video/mp4', takesOver: true });
}

/**
 * Stores a file that the task makes under its key, whole or not at all. Where it is there already, from an attempt
 * that was ahead or that died before it could say so, that one stays: it was made of the same blueprint.
 *
 * @returns facts of what is stored now
 * @throws AppError `STORAGE_FAILED`
 */
export async function storeOutput(
  options: UploadOptions & Pick<PutOptions, 'contentType' | 'takesOver'>,
): Promise<ObjectFacts> {
  const { store, path, key, contentType, takesOver = false, isWriteOnce, signal } = options;
  signal.throwIfAborted();
  const putOptions: PutOptions = { contentType, cacheControl: CACHE_CONTROL, takesOver, signal };
  return isWriteOnce ? putIfAbsent(store, path, key, putOptions) : store.putFile(path, key, putOptions);
}
