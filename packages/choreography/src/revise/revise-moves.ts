import { type Candidates, findCandidates } from '../plan/candidates.ts';
import { buildCountGrid } from '../plan/count-grid.ts';
import { readWishes } from '../plan/wishes.ts';
import { checkEdits } from './check-edits.ts';
import { explainAgain } from './explain-again.ts';
import { fillGap } from './fill-gap.ts';
import { placeAnotherMove, placeGivenMove, slotOf } from './place-move.ts';
import type { Edit, EditIssue, RevisedMove, Revision, RevisionQuestion } from './revision.ts';

type EditOf<Action extends Edit['action']> = Extract<Edit, { action: Action }>;
type Report = (field: EditIssue['field'], text: string) => void;

/**
 * A dance with some of its moves replaced, removed or entered in another way; everything else stays as it is. The
 * moves stay contiguous from the first start to the last end. Pure, and the same question has the same answer.
 *
 * Given moves are placed first, then other ones are chosen beside them, then moves are removed. All edits are
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
  make('replace', (edit, report) => dance.replace(edit, report));
  make('another', (edit, report) => dance.choose(edit, report));
  make('transition', (edit) => dance.enter(edit));
  make('remove', (edit, report) => dance.remove(edit, report));
  const lengths = lengthsOf(edits);
  const areCrossfadesCentred = lengths.crossfadeSec !== undefined;
  return {
    issues: issues.sort((a, b) => a.edit - b.edit),
    moves: explainAgain(enteredByCut(dance.items()), { moves, clipOf: dance.clipOf, areCrossfadesCentred }),
    ...lengths,
  };
}

function makeDance({ moves, analysis, library, request }: RevisionQuestion) {
  let items: RevisedMove[] = moves.map((move, origin) => ({ move, origin, isRelaid: false }));
  const going = new Set<number>();
  const clips = new Map(library.moves.map((move) => [move.moveId, move]));
  const moveOf = (moveId: string | undefined) => (moveId === undefined ? undefined : clips.get(moveId));
  const wishes = readWishes(request, library.moves);
  const slots = moves.map((move, index) => slotOf(move, index === moves.length - 1, analysis));
  let found: Candidates | undefined;
  const candidates = () => {
    found ??= findCandidates({ library, analysis, request, wishes, slots });
    return found;
  };
  const relaid = (index: number, move: RevisedMove['move']) => {
    items[index] = { move, origin: index, isRelaid: true };
  };
  const staying = (from: number, step: -1 | 1) => {
    let index = from + step;
    while (going.has(index)) index += step;
    return items[index]?.move.moveId;
  };

  return {
    items: () => items,

    clipOf: moveOf,

    announceRemoval: ({ index }: EditOf<'remove'>) => void going.add(index),

    replace({ index, moveId }: EditOf<'replace'>, report: Report): void {
      const clip = moveOf(moveId);
      const place = moves[index]!;
      const placed = clip === undefined ? null : placeGivenMove(clip, place, slots[index]!);
      if (clip === undefined) report('moveId', `Move "${moveId}" does not exist.`);
      else if (place.moveId === moveId) report('moveId', 'This move stands here already.');
      else if (placed === null) {
        const text =
          clip.counts < place.counts
            ? `This move is too short for the ${place.counts} counts of its place.`
            : "This move cannot be danced at this song's tempo.";
        report('moveId', text);
      } else relaid(index, placed);
    },

    choose({ index }: EditOf<'another'>, report: Report): void {
      const place = moves[index]!;
      const ids = [staying(index, -1), staying(index, 1)];
      const placed = placeAnotherMove({
        place,
        slot: slots[index]!,
        isFirst: index === 0,
        isLast: index === moves.length - 1,
        neighbours: ids.map(moveOf),
        excludedIds: new Set([place.moveId, ...ids.filter((id) => id !== undefined)]),
        candidates: candidates(),
        request,
        wishes,
      });
      if (placed === null) report('index', 'No other move of the library fits here.');
      else relaid(index, placed);
    },

    enter({ index, transition }: EditOf<'transition'>): void {
      const item = items[index]!;
      items[index] = { ...item, move: { ...item.move, transition } };
    },

    remove({ index }: EditOf<'remove'>, report: Report): void {
      const at = items.findIndex(({ origin }) => origin === index);
      const [before, gone, after] = [items[at - 1], items[at]!, items[at + 1]];
      const grid = buildCountGrid(analysis);
      const filled = fillGap({ gap: gone.move, before, after }, { grid, moveOf });
      if (filled === null) report('index', 'The moves beside this one cannot fill its place.');
      else items = [...items.slice(0, Math.max(0, at - 1)), ...filled, ...items.slice(at + 2)];
    },
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
