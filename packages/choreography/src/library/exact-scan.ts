/** A row of the matrix and its inner product with the query. */
export interface RankedRow {
  readonly row: number;
  readonly similarity: number;
}

/**
 * The k rows with the greatest inner product, best first; equal ones by row number, so that the answer is stable.
 *
 * `matrix` is rows x dimensions, row after row. Only rows for which `isAllowed` answers true are looked at.
 */
export function exactScan(
  matrix: Float32Array,
  query: Float32Array,
  options: { readonly k: number; readonly isAllowed: (row: number) => boolean },
): RankedRow[] {
  const dimensions = query.length;
  const ranked: RankedRow[] = [];
  for (let row = 0, start = 0; start < matrix.length; row++, start += dimensions) {
    if (options.isAllowed(row)) ranked.push({ row, similarity: innerProduct(matrix, query, start) });
  }
  return ranked.sort(bestFirst).slice(0, options.k);
}

export function bestFirst(a: RankedRow, b: RankedRow): number {
  return b.similarity - a.similarity || a.row - b.row;
}

/** The inner product of a query and one row that begins at `start`. */
export function innerProduct(matrix: Float32Array, query: Float32Array, start: number): number {
  let sum = 0;
  for (let index = 0; index < query.length; index++) sum += matrix[start + index]! * query[index]!;
  return sum;
}
