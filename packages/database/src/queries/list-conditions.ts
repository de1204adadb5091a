import { foldForSearch } from '@bachata-buddy/platform';
import { asc, type Column, desc, type SQL, sql } from 'drizzle-orm';

/** A pattern for `ilike`: `%`, `_` and `\` of what a person typed stand for themselves. */
export function contains(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** A pattern for `like` on a folded column: what a person typed, whatever its case and accents. */
export function containsFolded(text: string): string {
  return contains(foldForSearch(text));
}

/** A folded column to sort by: by its letters alone, whatever the locale of the database. */
export function inFoldedOrder(column: Column): SQL {
  return sql`${column} collate "C"`;
}

/**
 * The order of a list: by a key, or the other way round where a minus stands before it; what has no value comes
 * last. The tie breaker sees to it that a page never repeats or skips a row.
 */
export function listOrder<Key extends string>(
  ordering: Key | `-${Key}`,
  keys: Readonly<Record<Key, SQL>>,
  tieBreaker: Column,
): SQL[] {
  const isDescending = ordering.startsWith('-');
  const key = keys[(isDescending ? ordering.slice(1) : ordering) as Key];
  const direction = isDescending ? desc : asc;
  return [sql`${direction(key)} nulls last`, direction(tieBreaker)];
}
