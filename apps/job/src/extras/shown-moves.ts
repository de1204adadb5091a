import type { ResolvedBlueprint, ResolvedMove } from '@bachata-buddy/blueprint';

/** A move and the part of the video in which it is the one that counts. */
export interface ShownMove {
  readonly move: ResolvedMove;
  readonly startSec: number;
  /** The next one's start, the last one's own end. */
  readonly endSec: number;
  /** For people; undefined where the document names neither move nor family. */
  readonly name: string | undefined;
}

/** The moves of a video, one behind the other: where two overlap, the later one counts. */
export function shownMoves({ moves, totalDurationSec }: ResolvedBlueprint): ShownMove[] {
  return moves.map((move, index) => {
    const ownEndSec = Math.min(totalDurationSec, move.startSec + move.durationSec);
    const endSec = moves[index + 1]?.startSec ?? ownEndSec;
    return { move, startSec: move.startSec, endSec, name: nameOf(move) };
  });
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
