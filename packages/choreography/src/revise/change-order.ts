import type { SongAnalysis } from '@bachata-buddy/music';
import type { PlannedMove } from '../choreography-request.ts';
import { COUNTS_PER_EIGHT, type CountGrid } from '../plan/count-grid.ts';
import { sectionAt } from '../plan/slots.ts';
import { looseCountsOf } from './place-move.ts';
import { countAt, isSameTime, type MoveOf, relay, type SongStretch } from './relay.ts';
import type { RevisedMove } from './revision.ts';

/** A beat and the "1" of an eight that is no farther away are the same. */
const SAME_BEAT_SEC = 0.05;

export interface OrderContext {
  readonly grid: CountGrid;
  readonly analysis: SongAnalysis;
  readonly moveOf: MoveOf;
}

/** A move goes from one place of a dance to another; those between make room. */
export interface Step {
  readonly from: number;
  readonly to: number;
}

/**
 * A dance in another order: each move keeps its counts, and they follow each other as before, from the same "1" to the
 * same end. Counts behind the last whole bar stay with whoever is last. Where the song does not allow it, why, for people.
 */
export function changeOrder(
  items: readonly RevisedMove[],
  { from, to }: Step,
  context: OrderContext,
): RevisedMove[] | string {
  if (from === to) return 'This move stands here already.';
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const order = items.toSpliced(from, 1).toSpliced(to, 0, items[from]!);
  const stretches = stretchesOf(items, order, { first, last }, context.grid);
  if (stretches === null)
    return 'The counts of this song have changed since: its moves cannot change places.';
  const laid: RevisedMove[] = [];
  for (const [offset, stretch] of stretches.entries()) {
    const place = first + offset;
    const item = order[place]!;
    const problem = problemOf(item.move, stretch, items, context);
    if (problem !== undefined) return problem;
    const moved = lay(item, stretch, { ...context, isLast: place === items.length - 1, isIt: place === to });
    if (moved === null) return `There "${item.move.name}" cannot be danced: its clip does not reach.`;
    laid.push(moved);
  }
  return [...order.slice(0, first), ...laid, ...order.slice(last + 1)];
}

/** Where the moves of a part of the new order lie; null where the song's counts are not found there. */
function stretchesOf(
  items: readonly RevisedMove[],
  order: readonly RevisedMove[],
  { first, last }: { readonly first: number; readonly last: number },
  grid: CountGrid,
): SongStretch[] | null {
  const before = items.slice(first, last + 1).map(({ move }) => stretchOf(move));
  const end = items.length - 1;
  const loose = looseCountsOf(items[end]!.move);
  const counts = order.slice(first, last + 1).map((item, offset) => {
    const own = item.move.counts - (item === items[end] ? loose : 0);
    return own + (first + offset === end ? loose : 0);
  });
  // Places of equal lengths stay what they are, whatever was said of the song's counts since.
  if (before.every((stretch, offset) => stretch.counts === counts[offset])) return before;
  let count = countAt(before[0]!.startSec, grid);
  const finalSec = before.at(-1)!.endSec;
  if (count < 0) return null;
  const stretches = counts.map((own) => {
    const startSec = grid.boundaries[count]!;
    count += own;
    return { startSec, endSec: grid.boundaries[count] ?? Number.NaN, counts: own };
  });
  return isSameTime(stretches.at(-1)!.endSec, finalSec) ? stretches : null;
}

function stretchOf({ startSec, durationSec, counts }: PlannedMove): SongStretch {
  return { startSec, endSec: startSec + durationSec, counts };
}

/** What of the music forbids that a move lies there. */
function problemOf(
  { name, counts }: PlannedMove,
  { startSec, endSec }: SongStretch,
  items: readonly RevisedMove[],
  { grid, analysis }: OrderContext,
): string | undefined {
  const longBefore = items.filter(({ move }) => move.counts >= COUNTS_PER_EIGHT);
  const begins = (among: readonly RevisedMove[]) =>
    among.some(({ move }) => isSameTime(move.startSec, startSec));
  const isOn = (timesSec: readonly number[]) =>
    timesSec.some((timeSec) => Math.abs(timeSec - startSec) < SAME_BEAT_SEC);
  if (counts >= COUNTS_PER_EIGHT && !begins(longBefore) && !isOn(analysis.eights)) {
    return `There "${name}" would not begin on the "1" of an eight.`;
  }
  if (!begins(items) && !isOn(grid.bars.map((bar) => grid.boundaries[bar]!))) {
    return `There "${name}" would not begin on a "1".`;
  }
  const crosses = ({ start }: { readonly start: number }) =>
    start > startSec + SAME_BEAT_SEC && start < endSec - SAME_BEAT_SEC;
  if (counts > COUNTS_PER_EIGHT && analysis.sections.some(crosses)) {
    return `There "${name}" would run on into another part of the song.`;
  }
  return undefined;
}

interface LayContext extends OrderContext {
  readonly isLast: boolean;
  /** Whether it is the move that was wanted there. */
  readonly isIt: boolean;
}

function lay(
  item: RevisedMove,
  stretch: SongStretch,
  { moveOf, analysis, isLast, isIt }: LayContext,
): RevisedMove | null {
  const clip = moveOf(item.move.moveId);
  const allowsOverrun = isLast || (clip !== undefined && clip.counts < item.move.counts);
  const laid = relay(item, stretch, { moveOf, allowsOverrun });
  if (laid === null) return null;
  const { label } = sectionAt((stretch.startSec + stretch.endSec) / 2, analysis);
  const reason = `${label}: ${isIt ? 'moved here by hand' : 'makes room for a move that was moved by hand'}`;
  return { ...laid, move: { ...laid.move, sectionLabel: label, reason } };
}
