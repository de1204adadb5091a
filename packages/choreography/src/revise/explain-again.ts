import type { MoveExplanation, PlannedMove } from '../choreography-request.ts';
import { joinBetween, partOf } from '../library/joins.ts';
import type { Move } from '../move.ts';
import { joinOf, withoutRepeat } from '../plan/explain-move.ts';
import type { RevisedMove } from './revision.ts';

export interface ExplainContext {
  /** The dance as it was. */
  readonly moves: readonly PlannedMove[];
  readonly clipOf: (moveId: string) => Move | undefined;
}

/**
 * A revised dance whose moves say of themselves only what is true still: one that was laid anew says nothing, one that is
 * entered in another way, or follows another move, says how it follows now.
 */
export function explainAgain(revised: readonly RevisedMove[], context: ExplainContext): RevisedMove[] {
  return revised.map((item, index) => {
    const { explanation, ...bare } = item.move;
    if (explanation === undefined) return item;
    const { origin, isRelaid } = item;
    const was = origin === null || isRelaid ? undefined : context.moves[origin];
    if (was === undefined || origin === null) return { ...item, move: bare };
    const before = revised[index - 1]?.move;
    const isJoinedAsBefore =
      before?.moveId === context.moves[origin - 1]?.moveId && item.move.transition === was.transition;
    if (isJoinedAsBefore) return item;
    return { ...item, move: { ...bare, explanation: joinedTo(before, item.move, explanation) } };
  });

  function joinedTo(
    before: PlannedMove | undefined,
    move: PlannedMove,
    { compromise: gaveUp, ...explanation }: MoveExplanation,
  ): MoveExplanation {
    const isRepeated = before?.moveId === move.moveId;
    const compromise = gaveUp === undefined || isRepeated ? gaveUp : withoutRepeat(gaveUp);
    const joint = {
      isFirst: before === undefined,
      before: before && context.clipOf(before.moveId),
      join: joinOfPlaced(before, move),
    };
    return {
      ...explanation,
      join: joinOf(joint, move.transition),
      ...(compromise === undefined ? {} : { compromise }),
    };
  }
  function joinOfPlaced(before: PlannedMove | undefined, move: PlannedMove) {
    const [clipBefore, clip] = [before && context.clipOf(before.moveId), context.clipOf(move.moveId)];
    if (before === undefined || clipBefore === undefined || clip === undefined) return null;
    return joinBetween(partOf(clipBefore, before), partOf(clip, move));
  }
}
