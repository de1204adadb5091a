import type { PlannedMove } from '../choreography-request.ts';
import { type ClipPart, partOf } from '../library/joins.ts';
import type { Move } from '../move.ts';
import { makeArc } from '../plan/arc.ts';
import { type Candidates, findCandidates } from '../plan/candidates.ts';
import { buildCountGrid } from '../plan/count-grid.ts';
import { makeJoinScore } from '../plan/join-score.ts';
import { readWishes } from '../plan/wishes.ts';
import { changeOrder } from './change-order.ts';
import { fillGap } from './fill-gap.ts';
import { type AnotherQuestion, placeAnotherMove, placeGivenMove, slotOf } from './place-move.ts';
import type { Edit, EditIssue, RevisedMove, RevisionQuestion } from './revision.ts';

export type EditOf<Action extends Edit['action']> = Extract<Edit, { action: Action }>;
/** Says what is wrong with an edit. */
export type Report = (field: EditIssue['field'], text: string) => void;

/**
 * A dance to be changed by one edit after the other. Edits name moves by where they stood at first; until moves are
 * removed, each of them is there.
 */
export function makeDance({ moves, analysis, library, request }: Omit<RevisionQuestion, 'edits'>) {
  let items: RevisedMove[] = moves.map((move, origin) => ({ move, origin, isRelaid: false }));
  const going = new Set<number | null>();
  const clips = new Map(library.moves.map((move) => [move.moveId, move]));
  const clipOf = (moveId: string | undefined) => (moveId === undefined ? undefined : clips.get(moveId));
  const wishes = readWishes(request, library.moves);
  const placeOf = (index: number) => items.findIndex(({ origin }) => origin === index);
  const slotAt = (place: number) => slotOf(items[place]!.move, place === items.length - 1, analysis);
  const gridOf = () => buildCountGrid(analysis);
  let found: Candidates | undefined;
  const candidates = () => {
    const slots = items.map((_, place) => slotAt(place));
    found ??= findCandidates({ library, analysis, request, wishes, slots });
    return found;
  };
  const relaid = (place: number, move: RevisedMove['move']) => {
    items[place] = { move, origin: items[place]!.origin, isRelaid: true };
  };
  /** The nearest place on one side whose move stays; undefined where there is none. */
  const stayingBeside = (from: number, step: -1 | 1): number | undefined => {
    let place = from + step;
    while (items[place] !== undefined && going.has(items[place]!.origin)) place += step;
    return items[place] === undefined ? undefined : place;
  };

  /** What else could be danced in the place of a move. */
  function othersFor(index: number): AnotherQuestion {
    const at = placeOf(index);
    const { move: place } = items[at]!;
    const [before, after] = [stayingBeside(at, -1), stayingBeside(at, 1)];
    const beside = [before, after].map((one) => (one === undefined ? undefined : items[one]!.move));
    return {
      place,
      slot: slotAt(at),
      isFirst: at === 0,
      isLast: at === items.length - 1,
      neighbours: beside.map((placed) => partShown(placed, clipOf(placed?.moveId))),
      slotAfter: after === undefined ? undefined : slotAt(after),
      excludedIds: new Set([place, ...beside].flatMap((placed) => placed?.moveId ?? [])),
      joinScore: makeJoinScore(library),
      // Whatever structure was proposed for the dance, who changes it decides for themselves.
      context: { candidates: candidates(), request, wishes, arc: makeArc(analysis), design: null },
    };
  }

  return {
    items: () => items,

    clipOf,

    othersFor,

    announceRemoval: ({ index }: EditOf<'remove'>) => void going.add(index),

    move({ index, to }: EditOf<'move'>, report: Report): void {
      const step = { from: placeOf(index), to };
      const changed = changeOrder(items, step, { grid: gridOf(), analysis, moveOf: clipOf });
      if (typeof changed === 'string') report('to', changed);
      else items = changed;
    },

    replace({ index, moveId }: EditOf<'replace'>, report: Report): void {
      const clip = clipOf(moveId);
      const at = placeOf(index);
      const { move: place } = items[at]!;
      const placed = clip === undefined ? null : placeGivenMove(clip, place, slotAt(at));
      if (clip === undefined) report('moveId', `Move "${moveId}" does not exist.`);
      else if (place.moveId === moveId) report('moveId', 'This move stands here already.');
      else if (placed === null) report('moveId', misfitText(clip, place));
      else relaid(at, placed);
    },

    choose({ index }: EditOf<'another'>, report: Report): void {
      const placed = placeAnotherMove(othersFor(index));
      if (placed === null) report('index', 'No other move of the library fits here.');
      else relaid(placeOf(index), placed);
    },

    enter({ index, transition }: EditOf<'transition'>): void {
      const at = placeOf(index);
      const item = items[at]!;
      items[at] = { ...item, move: { ...item.move, transition } };
    },

    remove({ index }: EditOf<'remove'>, report: Report): void {
      const at = placeOf(index);
      const [before, gone, after] = [items[at - 1], items[at]!, items[at + 1]];
      const filled = fillGap({ gap: gone.move, before, after }, { analysis, moveOf: clipOf });
      if (filled === null) report('index', 'The moves beside this one cannot fill its place.');
      else items = [...items.slice(0, Math.max(0, at - 1)), ...filled, ...items.slice(at + 2)];
    },
  };
}

function partShown(placed: PlannedMove | undefined, clip: Move | undefined): ClipPart | undefined {
  return placed === undefined || clip === undefined ? undefined : partOf(clip, placed);
}

function misfitText(clip: Move, { counts }: PlannedMove): string {
  return clip.counts < counts
    ? `This move is too short for the ${counts} counts of its place.`
    : "This move cannot be danced at this song's tempo.";
}
