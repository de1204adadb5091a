import type { Database } from '../connect.ts';

export interface BatchedLookup<Key, Row> {
  /** The rows of those keys, in any order; a key without a row is left out. */
  readonly find: (db: Database, keys: readonly Key[]) => Promise<readonly Row[]>;
  readonly keyOf: (row: Row) => Key;
}

interface Batch<Key, Row> {
  readonly keys: Set<Key>;
  readonly rows: Promise<ReadonlyMap<Key, Row>>;
}

/**
 * A look-up by key, for what most requests ask: all that ask within one turn of the event loop share one query. It
 * begins after the last of them has asked, so that nobody gets a row as it was before. No row is null.
 */
export function batched<Key, Row>({
  find,
  keyOf,
}: BatchedLookup<Key, Row>): (db: Database, key: Key) => Promise<Row | null> {
  const batches = new WeakMap<Database, Batch<Key, Row>>();
  const begin = (db: Database): Batch<Key, Row> => {
    const keys = new Set<Key>();
    const load = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      batches.delete(db);
      return new Map((await find(db, [...keys])).map((row) => [keyOf(row), row]));
    };
    return { keys, rows: load() };
  };
  return async (db, key) => {
    const batch = batches.get(db) ?? begin(db);
    batches.set(db, batch);
    batch.keys.add(key);
    return (await batch.rows).get(key) ?? null;
  };
}
