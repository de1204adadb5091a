import type { Ranked } from './beam.ts';
import type { ShownEnds } from './join-score.ts';
import type { StepOption } from './step-options.ts';
import type { WishProgress } from './wish-progress.ts';

/** A half-made dance: its last option, and what it was before that. */
export interface HalfMadeDance extends Ranked {
  readonly last: Choice | null;
  /** Of the part of its clip that the last option shows. */
  readonly lastEnds: ShownEnds | null;
  readonly before: HalfMadeDance | null;
  readonly length: number;
  /** Where the last option stands. */
  readonly slot: number;
  readonly progress: WishProgress;
}

/** An option, with what of it is asked for again and again. */
export interface Choice {
  readonly option: StepOption;
  /** The number of its move among those of the search. */
  readonly move: number;
  /** Whether its move meets any wish. */
  readonly isWished: boolean;
  /** Of the parts of its clip, the one that is shown at first, then the next, and so on. */
  readonly ends: readonly ShownEnds[];
}

/** A dance without a move yet. */
export function beginning(progress: WishProgress): HalfMadeDance {
  return {
    score: 0,
    id: '',
    last: null,
    lastEnds: null,
    before: null,
    length: 0,
    slot: -1,
    progress,
  };
}

/** Its options, the first first. */
export function stepsOf(dance: HalfMadeDance): StepOption[] {
  const steps: StepOption[] = [];
  for (let at: HalfMadeDance | null = dance; at?.last; at = at.before) steps.push(at.last.option);
  return steps.reverse();
}
