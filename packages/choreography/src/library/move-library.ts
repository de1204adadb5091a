import type { PoseKind } from '@bachata-buddy/vocabulary';
import { compareIds } from '../compare-ids.ts';
import { eachInTurns } from '../each-in-turns.ts';
import { COMBINED_DIMENSIONS, combineEmbedding, isKnownPart } from '../embedding/combine-embedding.ts';
import { choreographyError } from '../errors.ts';
import { type ApproximateIndex, buildHnswIndex } from '../hnsw-index.ts';
import type { Move } from '../move.ts';
import { bestFirst, exactScan, innerProduct } from './exact-scan.ts';
import { usualJoinCost } from './joins.ts';
import { makeLookGroups } from './looks.ts';
import { type MoveFilters, passesFilters } from './move-filters.ts';
import { withComparablePoses } from './pose-vectors.ts';

/** Up to this many moves an exact scan is both faster than an index and right. */
const APPROXIMATE_ABOVE = 20_000;

export interface MoveHit {
  readonly move: Move;
  /** Cosine of query and move, -1..1; 0 where the query or the move is unknown. */
  readonly similarity: number;
}

export interface MoveSearch {
  /** Unit length, 1024 values, from `combineEmbedding`. */
  readonly vector: Float32Array;
  readonly filters?: MoveFilters;
  /** A further condition, e.g. that a clip fits the song's tempo. Must not throw. */
  readonly accepts?: (move: Move) => boolean;
  /** At most so many hits. */
  readonly k: number;
}

export interface MoveLibrary {
  /** In order of their ids. */
  readonly moves: readonly Move[];
  /** How the library is searched: `exact`, or `approximate` above the threshold where hnswlib is installed. */
  readonly searchedBy: 'exact' | 'approximate';
  /** What the pose parts of its vectors are: measured, where any were; given ones then count as unknown. */
  readonly poseKind: PoseKind;
  /** What a join of two of its moves usually costs, in heights of the picture; 0 where no poses are known. */
  readonly usualJoinCost: number;
  /** Which of its looks a move has, from 0; null where that is not known. */
  lookOf(move: Move): number | null;
  /** The k nearest moves among those that pass the filters, best first, ties by id. */
  search(search: MoveSearch): MoveHit[];
}

/**
 * Makes the moves searchable by vector: one flat Float32Array and inner products; above `approximateAbove` moves
 * (20 000 where absent) by hnswlib where it is installed.
 *
 * The order of `moves` does not matter. An empty list gives an empty library.
 * Throws `CHOREOGRAPHY_DUPLICATE_MOVE` where two moves share an id, `CHOREOGRAPHY_EMBEDDING_INVALID` for a broken vector.
 */
export async function buildMoveLibrary(
  moves: readonly Move[],
  options: { readonly approximateAbove?: number } = {},
): Promise<MoveLibrary> {
  const { moves: sorted, poseKind } = await withComparablePoses(
    [...moves].sort((a, b) => compareIds(a.moveId, b.moveId)),
  );
  assertDistinct(sorted);
  const looks = new Map<string, number | null>();
  const { groupOf } = makeLookGroups();
  const matrix = new Float32Array(sorted.length * COMBINED_DIMENSIONS);
  await eachInTurns(sorted, (move, row) => {
    const { pose, audio, text } = move.embedding;
    if ([pose, audio, text].some(isKnownPart))
      matrix.set(combineEmbedding(move.embedding), row * COMBINED_DIMENSIONS);
    looks.set(move.moveId, groupOf(move));
  });
  const isLarge = sorted.length > (options.approximateAbove ?? APPROXIMATE_ABOVE);
  const index = isLarge ? await buildHnswIndex(matrix, COMBINED_DIMENSIONS) : null;
  return {
    moves: sorted,
    searchedBy: index === null ? 'exact' : 'approximate',
    poseKind,
    usualJoinCost: usualJoinCost(sorted),
    lookOf: ({ moveId }) => looks.get(moveId) ?? null,
    search: (search) => searchMoves(sorted, matrix, index, search),
  };
}

function searchMoves(
  moves: readonly Move[],
  matrix: Float32Array,
  index: ApproximateIndex | null,
  { vector, filters = {}, accepts, k }: MoveSearch,
): MoveHit[] {
  assertQuery(vector);
  const isAllowed = (row: number) => {
    const move = moves[row]!;
    return passesFilters(move, filters) && (accepts?.(move) ?? true);
  };
  const scanned = () => exactScan(matrix, vector, { k, isAllowed });
  const ranked =
    index === null ? scanned() : (approximateRows(index, matrix, vector, { k, isAllowed }) ?? scanned());
  return ranked.map(({ row, similarity }) => ({ move: moves[row]!, similarity }));
}

/** Ranked rows by the index; null where it found too few, as graph search does under a filter that few rows pass. */
function approximateRows(
  index: ApproximateIndex,
  matrix: Float32Array,
  vector: Float32Array,
  { k, isAllowed }: { readonly k: number; readonly isAllowed: (row: number) => boolean },
) {
  const rows = index.search(vector, k, isAllowed);
  if (rows.length < k) return null;
  return rows
    .map((row) => ({ row, similarity: innerProduct(matrix, vector, row * vector.length) }))
    .sort(bestFirst);
}

function assertQuery(vector: Float32Array): void {
  if (vector.length === COMBINED_DIMENSIONS) return;
  throw choreographyError(
    'CHOREOGRAPHY_EMBEDDING_INVALID',
    `A search vector needs ${COMBINED_DIMENSIONS} values.`,
  );
}

function assertDistinct(sorted: readonly Move[]): void {
  const twice = sorted.find((move, index) => move.moveId === sorted[index - 1]?.moveId);
  if (twice === undefined) return;
  throw choreographyError('CHOREOGRAPHY_DUPLICATE_MOVE', 'Two moves share one id.', {
    details: { moveId: twice.moveId },
  });
}
