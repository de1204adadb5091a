import type { ObjectStore } from '@bachata-buddy/storage';

/** A stored object as a file: where it lies, or copied to a path where nothing is yet. */
export async function bringHere(
  store: ObjectStore,
  key: string,
  { copyPath, signal }: { copyPath: string; signal?: AbortSignal | undefined },
): Promise<string> {
  const inPlace = await store.localPath(key);
  if (inPlace !== null) return inPlace;
  await store.fetchToFile(key, copyPath, { signal });
  return copyPath;
}
