import { eachInTurns } from './each-in-turns.ts';

/** An approximate index over unit vectors; row numbers as in the matrix it was built of. */
export interface ApproximateIndex {
  /** Row numbers of about the k nearest allowed rows, in no promised order; fewer where fewer are found. */
  search(query: Float32Array, k: number, isAllowed: (row: number) => boolean): number[];
}

const NEIGHBOURS_PER_ROW = 16;
const SEARCH_WIDTH_WHILE_BUILDING = 200;
/** Candidates kept while searching; recall falls steeply below a few times k. */
const LEAST_SEARCH_WIDTH = 200;
const SEARCH_WIDTH_PER_HIT = 4;
/** hnswlib draws the rows' levels from this, so that the same rows always give the same index. */
const RANDOM_STATE = 100;

/**
 * A hierarchical navigable small world index by hnswlib-node, or null where that optional package is not installed.
 *
 * The package ends the whole process where k exceeds the number of rows or a filter throws, takes plain arrays only,
 * and finds little with its default search width: all four are kept away from callers here.
 *
 * Source: Malkov and Yashunin, https://arxiv.org/abs/1603.09320
 */
export async function buildHnswIndex(
  matrix: Float32Array,
  dimensions: number,
): Promise<ApproximateIndex | null> {
  const hnswlib = await loadHnswlib();
  const rows = matrix.length / dimensions;
  if (hnswlib === null || rows === 0) return null;
  const index = new hnswlib.HierarchicalNSW('ip', dimensions);
  index.initIndex(rows, NEIGHBOURS_PER_ROW, SEARCH_WIDTH_WHILE_BUILDING, RANDOM_STATE);
  const numbers = Array.from({ length: rows }, (_, row) => row);
  await eachInTurns(numbers, (row) => {
    index.addPoint(Array.from(matrix.subarray(row * dimensions, (row + 1) * dimensions)), row);
  });
  return {
    search(query, k, isAllowed) {
      const allowed = Uint8Array.from({ length: rows }, (_, row) => (isAllowed(row) ? 1 : 0));
      const count = Math.min(Math.max(0, Math.floor(k)), rows);
      if (count === 0) return [];
      index.setEf(Math.min(rows, Math.max(LEAST_SEARCH_WIDTH, SEARCH_WIDTH_PER_HIT * count)));
      // The native filter only reads an array, so it cannot throw.
      return index.searchKnn(Array.from(query), count, (row) => allowed[row] === 1).neighbors;
    },
  };
}

type Hnswlib = Pick<typeof import('hnswlib-node'), 'HierarchicalNSW'>;

/** The native package may be missing, or have no binary for this machine: both mean the exact scan. */
async function loadHnswlib(): Promise<Hnswlib | null> {
  try {
    return (await import('hnswlib-node')).default;
  } catch {
    return null;
  }
}
