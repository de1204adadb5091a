import type { Move } from '../move.ts';

/** Cosine of two moves' poses, -1..1; 0 where either is unknown or there is no move before. */
export function poseSimilarity(before: Move | undefined, after: Move): number {
  const [a, b] = [before?.embedding.pose, after.embedding.pose];
  if (a === undefined || a.length !== b.length) return 0;
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
