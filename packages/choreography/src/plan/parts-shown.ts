import { type ClipPart, type Join, joinBetween } from '../library/joins.ts';
import { startCountOf } from './playback.ts';
import type { StepOption } from './step-options.ts';

/** The part of its clip that an option shows where it comes for the first time (`use` 0), the second, ... */
export function partOfStep({ move, playback }: Pick<StepOption, 'move' | 'playback'>, use: number): ClipPart {
  const fromCount = startCountOf(playback, use);
  return { move, fromCount, toCount: fromCount + playback.counts };
}

/** How often the move of each step has been danced before it. */
export function usesOf(steps: readonly Pick<StepOption, 'move'>[]): number[] {
  const uses = new Map<string, number>();
  return steps.map(({ move: { moveId } }) => {
    const use = uses.get(moveId) ?? 0;
    uses.set(moveId, use + 1);
    return use;
  });
}

/** How each move of a dance follows the one before; null for the first, and where it is not known. */
export function joinsOf(steps: readonly StepOption[]): (Join | null)[] {
  const uses = usesOf(steps);
  const parts = steps.map((step, index) => partOfStep(step, uses[index]!));
  return parts.map((part, index) => (index === 0 ? null : joinBetween(parts[index - 1]!, part)));
}
