import { hasCode } from '@bachata-buddy/platform';
import type { ObjectFacts, ObjectStore, PutOptions } from './object-store.ts';

/**
 * What a store may say of an object that is there: that it is, or that this account may not write over it, which a
 * bucket says before it looks at the condition. A connection that was lost after the last byte looks the same.
 */
const MAY_BE_THERE = ['STORAGE_EXISTS', 'STORAGE_FAILED', 'STORAGE_REFUSED'] as const;

/**
 * Stores a file, whole or not at all, where nothing is stored under its key. What is there already stays: for keys that
 * stand for their content, or for the one who writes it. Takes an account that may create objects and read them.
 *
 * @returns facts of what is stored now
 * @throws AppError of `putFile` where nothing is there afterwards; of `stat` where nobody can say
 */
export async function putIfAbsent(
  store: ObjectStore,
  filePath: string,
  key: string,
  options: Omit<PutOptions, 'ifAbsent'>,
): Promise<ObjectFacts> {
  try {
    return await store.putFile(filePath, key, { ...options, ifAbsent: true });
  } catch (thrown) {
    if (!hasCode(thrown, ...MAY_BE_THERE)) throw thrown;
    const facts = await store.stat(key);
    if (facts === null) throw thrown;
    return facts;
  }
}
