export { type LocalStoreOptions, makeLocalStore } from './local-store.ts';
export { checkObjectKey } from './object-key.ts';
export type { ObjectFacts, ObjectStore, PutOptions } from './object-store.ts';
