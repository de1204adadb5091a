import type { Move } from '../move.ts';
import type { CountGrid } from '../plan/count-grid.ts';
import { exactPlayback, overrunPlayback } from '../plan/playback.ts';
import type { RevisedMove } from './revision.ts';

/** Boundaries in a document are rounded to microseconds. */
const SAME_TIME_SEC = 1e-3;

export type MoveOf = (moveId: string) => Move | undefined;

/** A stretch of the song, and how many counts it has. */
export interface SongStretch {
  readonly startSec: number;
  readonly endSec: number;
  readonly counts: number;
}

export interface RelayContext {
  readonly moveOf: MoveOf;
  /** Footage behind the clip's counted dance will do, where that is too short. */
  readonly allowsOverrun: boolean;
}

/** Whether two times of a song are the same one. */
export function isSameTime(oneSec: number, otherSec: number): boolean {
  return Math.abs(oneSec - otherSec) < SAME_TIME_SEC;
}

/** Which count of the song begins at that time; -1 where none does. */
export function countAt(timeSec: number, grid: CountGrid): number {
  return grid.boundaries.findIndex((time) => isSameTime(time, timeSec));
}

/** The same clip on another stretch of the song, from where it began in its file if it may; null where it does not reach. */
export function relay(
  item: RevisedMove,
  { startSec, endSec, counts }: SongStretch,
  { moveOf, allowsOverrun }: RelayContext,
): RevisedMove | null {
  const clip = moveOf(item.move.moveId);
  if (clip === undefined) return null;
  const stretch = { counts, durationSec: endSec - startSec };
  const playback = exactPlayback(clip, stretch) ?? (allowsOverrun ? overrunPlayback(clip, stretch) : null);
  if (playback === null) return null;
  const present = item.move.trimStartSec;
  const kept = playback.trimStartsSec.find((trim) => isSameTime(trim, present));
  const move = {
    ...item.move,
    startSec,
    durationSec: stretch.durationSec,
    counts,
    trimStartSec: kept ?? playback.trimStartsSec[0]!,
    playbackRate: playback.rate,
  };
  return { ...item, move, isRelaid: true };
}
