import { OUTPUT_PREFIX } from '@bachata-buddy/vocabulary';
import type { ObjectStore } from './object-store.ts';

export interface SplitStoreOptions {
  /** Songs and clips, and all else that is not a finished video. */
  readonly media: ObjectStore;
  /** Finished videos: the keys below `output/`, which stay as they are. */
  readonly output: ObjectStore;
}

/** One {@link ObjectStore} of two, which may keep, protect and delete what they hold by rules of their own. */
export function makeSplitStore({ media, output }: SplitStoreOptions): ObjectStore {
  const storeOf = (key: string): ObjectStore => (key.startsWith(OUTPUT_PREFIX) ? output : media);
  return {
    stat: (key) => storeOf(key).stat(key),
    openRead: (key, range) => storeOf(key).openRead(key, range),
    fetchToFile: (key, filePath, options) => storeOf(key).fetchToFile(key, filePath, options),
    putFile: (filePath, key, options) => storeOf(key).putFile(filePath, key, options),
    remove: (key) => storeOf(key).remove(key),
    assertReachable: (key) => storeOf(key).assertReachable(key),
    localPath: (key) => storeOf(key).localPath(key),
    signedUrl: (key, ...rest) => storeOf(key).signedUrl(key, ...rest),
  };
}
