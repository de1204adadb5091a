import { BLUEPRINT_DEFAULTS } from './defaults.ts';
import { TIMELINE_TOLERANCE_SEC } from './limits.ts';
import type { Blueprint, BlueprintMove } from './schema/blueprint-schema.ts';
import type { TransitionType } from './schema/vocabulary.ts';

/** How a move is entered, and the part of the video this takes. */
export interface TransitionWindow {
  readonly transition: TransitionType;
  /** Seconds; both equal to the move's start for a cut. */
  readonly startSec: number;
  readonly endSec: number;
}

/** The transition a move is entered by; the first move is always entered by a cut. */
export function transitionOf(move: Pick<BlueprintMove, 'transition_type'>, index: number): TransitionType {
  return index === 0 ? 'cut' : (move.transition_type ?? BLUEPRINT_DEFAULTS.transitionType);
}

/**
 * The window of every move's transition, in move order. Windows never overlap each other: a transition takes at
 * most half of what the overlaps leave of either move. A window of no length is a cut.
 *
 * Contiguous crossfade of length d at T: [T - d/2, T + d/2]. Overlapping crossfade: exactly the overlap.
 * Fade of length f at T: out during [T - f, T], in during [T, T + f].
 */
export function transitionWindows(blueprint: Blueprint): TransitionWindow[] {
  const { moves, output_config: output } = blueprint;
  const crossfadeHalf = (output.transition_duration ?? BLUEPRINT_DEFAULTS.transitionDurationSec) / 2;
  const fade = output.fade_duration ?? BLUEPRINT_DEFAULTS.fadeDurationSec;
  const overlaps = moves.map((move, index) => overlapSec(moves[index - 1], move, index));
  const freeHalves = moves.map((move, index) =>
    Math.max(0, (move.duration - (overlaps[index] ?? 0) - (overlaps[index + 1] ?? 0)) / 2),
  );
  return moves.map((move, index) => {
    const transition = transitionOf(move, index);
    const startSec = move.start_time;
    const overlap = overlaps[index] ?? 0;
    if (overlap > 0) return { transition, startSec, endSec: startSec + overlap };
    const wanted = transition === 'crossfade' ? crossfadeHalf : fade;
    const half = Math.min(wanted, freeHalves[index] ?? 0, freeHalves[index - 1] ?? 0);
    if (transition === 'cut' || half <= 0) return { transition: 'cut', startSec, endSec: startSec };
    return { transition, startSec: startSec - half, endSec: startSec + half };
  });
}

/** How far a crossfaded move begins before the one in front of it ends; 0 where they merely touch. */
function overlapSec(before: BlueprintMove | undefined, move: BlueprintMove, index: number): number {
  if (before === undefined || transitionOf(move, index) !== 'crossfade') return 0;
  const overlap = before.start_time + before.duration - move.start_time;
  return overlap > TIMELINE_TOLERANCE_SEC ? overlap : 0;
}
