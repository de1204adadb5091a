import { joinBetween } from '../library/joins.ts';
import type { Move } from '../move.ts';
import { explainChoice } from '../plan/explain-move.ts';
import { partOfStep } from '../plan/parts-shown.ts';
import { FAULTS } from '../plan/step-options.ts';
import { makeDance } from './dance.ts';
import { rankOtherMoves } from './place-move.ts';
import type { RevisionQuestion } from './revision.ts';

export interface AlternativesQuestion extends Omit<RevisionQuestion, 'edits'> {
  /** Which move of the dance, from 0. */
  readonly index: number;
  /** So many at most. */
  readonly most: number;
}

/** A move that could stand in another one's place. */
export interface Alternative {
  readonly move: Move;
  /** Why it suits the place, as a teacher says it. */
  readonly why: string;
  /** How it would follow the move before. */
  readonly join: string;
  /** What would be given up for it. */
  readonly compromise?: string;
}

/**
 * The best other moves for a place of a dance, the best first: what the edit `another` would choose is the first of them.
 * None of them was refused, and none is harder than what was asked for.
 */
export function findAlternatives({ index, most, ...question }: AlternativesQuestion): Alternative[] {
  const dance = makeDance(question);
  const others = dance.othersFor(index);
  const { isFirst, isLast, context, neighbours } = others;
  return rankOtherMoves(others)
    .filter(({ faults }) => faults < FAULTS.harder)
    .slice(0, most)
    .map((option) => {
      const [before] = neighbours;
      const join = before === undefined ? null : joinBetween(before, partOfStep(option, 0));
      const facts = { isFirst, isLast, before: before?.move, join, transition: others.place.transition };
      return { move: option.move, ...explainChoice(option, facts, context) };
    });
}
