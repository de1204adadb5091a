import type { ObjectStore } from './object-store.ts';
import { putIfAbsent } from './put-if-absent.ts';

/** What lies under a key that stands for its content never changes. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

export interface FileToPut {
  readonly filePath: string;
  readonly key: string;
  readonly contentType: string;
  readonly signal?: AbortSignal | undefined;
}

/** Stores a file under a key that stands for its content; somebody who does the same at the same time is not in the way. */
export async function putOnce(
  store: ObjectStore,
  { filePath, key, contentType, signal }: FileToPut,
): Promise<void> {
  await putIfAbsent(store, filePath, key, { contentType, cacheControl: CACHE_CONTROL, signal });
}
