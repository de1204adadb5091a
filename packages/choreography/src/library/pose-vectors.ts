import { POSE_DIMENSIONS, type PoseKind } from '@bachata-buddy/vocabulary';
import { isKnownPart } from '../embedding/combine-embedding.ts';
import type { Move } from '../move.ts';

/** Moves whose vectors of poses can be compared with each other. */
export interface ComparableMoves {
  readonly moves: readonly Move[];
  /** What their vectors are. */
  readonly poseKind: PoseKind;
}

/**
 * Vectors of poses that were given and such that were measured mean nothing to each other: where some were measured, the
 * others count as unknown. Measured ones are centred on their mean, for all couples stand upright in the middle of the
 * picture: what is left is how a move differs from the usual.
 */
export function withComparablePoses(moves: readonly Move[]): ComparableMoves {
  const measured = moves.filter((move) => move.poseKind === 'measured' && isKnownPart(move.embedding.pose));
  if (measured.length === 0) return { moves, poseKind: 'given' };
  const mean = new Float64Array(POSE_DIMENSIONS);
  for (const { embedding } of measured) {
    for (let index = 0; index < POSE_DIMENSIONS; index++)
      mean[index]! += embedding.pose[index]! / measured.length;
  }
  const centred = (move: Move): Move => {
    const isMeasured = move.poseKind === 'measured' && isKnownPart(move.embedding.pose);
    const pose = isMeasured ? move.embedding.pose.map((value, index) => value - mean[index]!) : [];
    return { ...move, embedding: { ...move.embedding, pose } };
  };
  return { moves: moves.map(centred), poseKind: 'measured' };
}
