import { checkEdits } from './check-edits.ts';
import { type EditOf, makeDance, type Report } from './dance.ts';
import { explainAgain } from './explain-again.ts';
import type { Edit, RevisedMove, Revision, RevisionQuestion } from './revision.ts';

/**
 * A dance with some of its moves replaced, removed, in another place or entered in another way; everything else stays as
 * it is. The moves stay contiguous from the first start to the last end. Pure, and the same question has the same answer.
 *
 * Moves change places first; then given ones are placed, other ones are chosen beside them, and moves are removed. All edits are
 * judged, whatever is wrong with some.
 *
 * Throws `CHOREOGRAPHY_NO_BEATS` where the song has not one whole bar.
 */
export function reviseMoves(question: RevisionQuestion): Revision {
  const { moves, edits } = question;
  const issues = checkEdits(edits, moves.length);
  const wrong = new Set(issues.map(({ edit }) => edit));
  const dance = makeDance(question);
  const make = <Action extends Edit['action']>(
    action: Action,
    change: (edit: EditOf<Action>, report: Report) => void,
  ) => {
    edits.forEach((edit, at) => {
      if (edit?.action !== action || wrong.has(at)) return;
      change(edit as EditOf<Action>, (field, text) => issues.push({ edit: at, field, text }));
    });
  };
  make('remove', (edit) => dance.announceRemoval(edit));
  make('move', (edit, report) => dance.move(edit, report));
  make('replace', (edit, report) => dance.replace(edit, report));
  make('another', (edit, report) => dance.choose(edit, report));
  make('transition', (edit) => dance.enter(edit));
  make('remove', (edit, report) => dance.remove(edit, report));
  return {
    issues: issues.sort((a, b) => a.edit - b.edit),
    moves: explainAgain(enteredByCut(dance.items()), { moves, clipOf: dance.clipOf }),
    ...lengthsOf(edits),
  };
}

function enteredByCut([first, ...rest]: readonly RevisedMove[]): RevisedMove[] {
  return first === undefined ? [] : [{ ...first, move: { ...first.move, transition: 'cut' } }, ...rest];
}

function lengthsOf(edits: readonly (Edit | null)[]): Pick<Revision, 'crossfadeSec' | 'fadeSec'> {
  const lengths: { crossfadeSec?: number; fadeSec?: number } = {};
  for (const edit of edits) {
    if (edit?.action !== 'transition' || edit.durationSec === undefined) continue;
    lengths[edit.transition === 'crossfade' ? 'crossfadeSec' : 'fadeSec'] = edit.durationSec;
  }
  return lengths;
}
