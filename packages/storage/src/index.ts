export { signCdnUrl } from './cdn-signature.ts';
export { type LocalStoreOptions, makeLocalStore } from './local-store.ts';
export { checkObjectKey } from './object-key.ts';
export type { FetchOptions, ObjectFacts, ObjectStore, PutOptions } from './object-store.ts';
export {
  openObjectStore,
  type StorageConfig,
  StorageVariables,
  storageProblemsOf,
} from './open-object-store.ts';
