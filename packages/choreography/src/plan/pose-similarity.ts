import type { Move } from '../move.ts';

export type PoseSimilarity = (before: Move | undefined, after: Move) => number;

/** Cosine of two moves' poses, -1..1; 0 where either is unknown or there is no move before. */
export function poseSimilarity(before: Move | undefined, after: Move): number {
  const [a, b] = [before?.embedding.pose, after.embedding.pose];
  if (a === undefined || a.length !== b.length) return 0;
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

/** The same, each pair looked at once: a search asks for it at every place of the song. */
export function makePoseSimilarity(): PoseSimilarity {
  const known = new Map<Move, Map<Move, number>>();
  return (before, after) => {
    if (before === undefined) return 0;
    const ofBefore = known.get(before) ?? new Map<Move, number>();
    known.set(before, ofBefore);
    const similarity = ofBefore.get(after) ?? poseSimilarity(before, after);
    ofBefore.set(after, similarity);
    return similarity;
  };
}
