import { POSE_DIMENSIONS, type PoseKind } from '@bachata-buddy/vocabulary';
import { eachInTurns } from '../each-in-turns.ts';
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
export async function withComparablePoses(moves: readonly Move[]): Promise<ComparableMoves> {
  const measured = new Set<Move>();
  const sum = new Float64Array(POSE_DIMENSIONS);
  await eachInTurns(moves, (move) => {
    const { pose } = move.embedding;
    if (move.poseKind !== 'measured' || !isKnownPart(pose)) return;
    measured.add(move);
    for (let index = 0; index < POSE_DIMENSIONS; index++) sum[index]! += pose[index]!;
  });
  if (measured.size === 0) return { moves, poseKind: 'given' };
  const mean = sum.map((value) => value / measured.size);
  const centred: Move[] = [];
  await eachInTurns(moves, (move) => {
    const pose = measured.has(move) ? move.embedding.pose.map((value, index) => value - mean[index]!) : [];
    centred.push({ ...move, embedding: { ...move.embedding, pose } });
  });
  return { moves: centred, poseKind: 'measured' };
}
