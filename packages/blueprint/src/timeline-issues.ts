import type { BlueprintIssue } from './blueprint-error.ts';
import { TIMELINE_TOLERANCE_SEC } from './limits.ts';
import { moveAt } from './place.ts';
import type { TransitionType } from './schema/vocabulary.ts';

/** What is exactly at the limit is within it, whatever sums of decimal fractions are in binary ones. */
const MOST_OFF_SEC = TIMELINE_TOLERANCE_SEC + 1e-9;

/** A move's place in the video as far as it could be read. */
export interface TimelineMove {
  readonly startSec: number;
  readonly durationSec: number;
  readonly transition: TransitionType;
}

export interface Timeline {
  /** undefined where the move's own times are unreadable; such a move takes no part in the checks. */
  readonly moves: readonly (TimelineMove | undefined)[];
  readonly totalDurationSec: number | undefined;
  readonly transitionDurationSec: number;
}

/**
 * What is wrong with the order of moves in time.
 *
 * - moves begin one after the other;
 * - no gap and no overlap beyond 0.05 s, but a crossfade may overlap by the transition's duration;
 * - never three moves at a time;
 * - the video is at least as long as its moves. Lead-in and tail are allowed.
 */
export function timelineIssues(timeline: Timeline): BlueprintIssue[] {
  const { moves } = timeline;
  const issues = moves.flatMap((move, index) => {
    const before = moves[index - 1];
    if (move === undefined || before === undefined) return [];
    return neighbourIssues(before, move, index, moves[index - 2], timeline.transitionDurationSec);
  });
  return [...issues, ...totalIssues(timeline)];
}

function neighbourIssues(
  before: TimelineMove,
  move: TimelineMove,
  index: number,
  twoBefore: TimelineMove | undefined,
  transitionDurationSec: number,
): BlueprintIssue[] {
  const name = `Move at index ${index}`;
  const path = moveAt(index).pathOf('start_time');
  if (move.startSec <= before.startSec) {
    return [
      {
        path,
        text: `${name} 'start_time' must be after that of the move before it (${show(before.startSec)}): ${show(move.startSec)}`,
      },
    ];
  }
  const overlap = endSec(before) - move.startSec;
  if (overlap < -MOST_OFF_SEC) {
    return [{ path, text: `${name} leaves a gap of ${show(-overlap)} s after the move before it` }];
  }
  const isCrossfade = move.transition === 'crossfade';
  const allowed = isCrossfade ? transitionDurationSec : 0;
  if (overlap > allowed + MOST_OFF_SEC) {
    const rule = isCrossfade
      ? `a crossfade may overlap by at most ${show(allowed)} s`
      : `a ${move.transition} may not overlap`;
    return [{ path, text: `${name} overlaps the move before it by ${show(overlap)} s; ${rule}` }];
  }
  if (twoBefore !== undefined && endSec(twoBefore) > move.startSec + MOST_OFF_SEC) {
    return [{ path, text: `${name} begins before the move at index ${index - 2} has ended` }];
  }
  return [];
}

function totalIssues({ moves, totalDurationSec }: Timeline): BlueprintIssue[] {
  if (totalDurationSec === undefined) return [];
  const lastEnd = moves.reduce(
    (latest, move) => (move === undefined ? latest : Math.max(latest, endSec(move))),
    0,
  );
  if (totalDurationSec >= lastEnd - MOST_OFF_SEC) return [];
  return [
    {
      path: 'total_duration',
      text: `Field 'total_duration' does not match the moves: they end at ${show(lastEnd)} s, after ${show(totalDurationSec)} s`,
    },
  ];
}

function endSec(move: TimelineMove): number {
  return move.startSec + move.durationSec;
}

/** Seconds to the millisecond, without trailing zeros. */
function show(sec: number): string {
  return String(Math.round(sec * 1_000) / 1_000);
}
