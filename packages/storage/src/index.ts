export { signCdnUrl } from './cdn-signature.ts';
export { STORAGE_ERRORS, storageError } from './errors.ts';
export { makeLocalStore } from './local-store.ts';

export type { ObjectFacts, ObjectStore, PutOptions } from './object-store.ts';
export {
  openObjectStore,
  type StorageConfig,
  StorageVariables,
  storageProblemsOf,
} from './open-object-store.ts';
export { putIfAbsent } from './put-if-absent.ts';
export { putOnce } from './put-once.ts';
