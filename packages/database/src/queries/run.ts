import { databaseError } from '../database-error.ts';

/** Runs a query's work; whatever it throws leaves as an AppError without SQL or values. */
export async function run<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw databaseError(thrown);
  }
}

/** The only row of a statement that always returns one. */
export function theRow<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('The statement returned no row');
  return row;
}

/** One page of a list, and how many rows all pages hold together. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly count: number;
}

export interface PageRequest {
  readonly limit: number;
  readonly offset: number;
}

/**
 * A page whose rows come with the count of all pages, in one query and of one moment. Only where it is empty, so that
 * no row says the count, is that asked for by itself.
 */
export async function pageOf<T>(
  rows: readonly { readonly row: T; readonly total: number }[],
  countAll: () => PromiseLike<number>,
): Promise<Page<T>> {
  return { rows: rows.map(({ row }) => row), count: rows[0]?.total ?? (await countAll()) };
}
