import type { MoveToBuild } from './move-to-build.ts';

/** How far two neighbours lie over each other while one is mixed into the other; seconds of video. */
export interface Overlap {
  /** The earlier one dances on after its end. */
  readonly extendSec: number;
  /** The later one begins in front of its start. */
  readonly leadSec: number;
}

export const NO_OVERLAP: Overlap = { extendSec: 0, leadSec: 0 };

/** Times of a file are measured to about a microsecond. */
const FOOTAGE_TOLERANCE_SEC = 1e-6;
/** A move of one count would be nothing but its transition. */
const LEAST_COUNTS = 2;

/**
 * Lays a crossfade over the later move's first count, where the earlier one's clip holds a count more than it dances;
 * else over the earlier one's last, where the later one's holds a count in front of its first. So it begins and ends on
 * counts, where prepared clips have keyframes. Neither: the moves touch, and the crossfade is centred on where they do.
 */
export function overlapOnCount(before: MoveToBuild, move: MoveToBuild): Overlap {
  if (move.transition !== 'crossfade' || Math.min(before.counts, move.counts) < LEAST_COUNTS)
    return NO_OVERLAP;
  const extendSec = move.durationSec / move.counts;
  const footageEnd = before.trimStartSec + (before.durationSec + extendSec) * before.playbackRate;
  if (footageEnd <= before.clipDurationSec + FOOTAGE_TOLERANCE_SEC) return { extendSec, leadSec: 0 };
  const leadSec = before.durationSec / before.counts;
  const footageStart = move.trimStartSec - leadSec * move.playbackRate;
  return footageStart >= -FOOTAGE_TOLERANCE_SEC ? { extendSec: 0, leadSec } : NO_OVERLAP;
}

/** The same for all moves, by move: how each is entered. */
export function overlapsOnCounts(moves: readonly MoveToBuild[]): Overlap[] {
  return moves.map((move, index) => {
    const before = moves[index - 1];
    return before === undefined ? NO_OVERLAP : overlapOnCount(before, move);
  });
}

/** The longest of them, seconds; 0 where there are none. */
export function longestOverlapSec(overlaps: readonly Overlap[]): number {
  return overlaps.reduce((longest, { extendSec, leadSec }) => Math.max(longest, extendSec + leadSec), 0);
}
