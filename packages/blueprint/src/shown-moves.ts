import type { ResolvedBlueprint, ResolvedMove } from './resolve.ts';

/** A move and the part of the video in which it is the one that counts. */
export interface ShownMove {
  readonly move: ResolvedMove;
  /** Its first "1". */
  readonly startSec: number;
  /** The next one's first "1"; the last one's own end. */
  readonly endSec: number;
  /** For people; undefined where the document names neither move nor family. */
  readonly name: string | undefined;
}

/**
 * The moves of a video, one behind the other. Where two overlap, the later one counts; but while it is mixed in over
 * counts in front of its own first "1", the earlier one still does.
 */
export function shownMoves({ moves, totalDurationSec }: ResolvedBlueprint): ShownMove[] {
  const begun = moves.map((move, index) => ({
    move,
    startSec: move.startSec + leadSecOf(move, moves[index - 1]),
  }));
  return begun.map(({ move, startSec }, index) => {
    const ownEndSec = Math.min(totalDurationSec, move.startSec + move.durationSec);
    return { move, startSec, endSec: begun[index + 1]?.startSec ?? ownEndSec, name: nameOf(move) };
  });
}

function leadSecOf(move: ResolvedMove, before: ResolvedMove | undefined): number {
  if (before === undefined || (move.leadInCounts ?? 0) === 0) return 0;
  return Math.max(0, before.startSec + before.durationSec - move.startSec);
}

/** `body_wave` as `Body wave`. */
export function readable(label: string): string {
  const words = label.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function nameOf({ name, label }: ResolvedMove): string | undefined {
  const text = name?.trim() || readable(label ?? '');
  return text === '' ? undefined : text;
}
