import { DATA_PREFIX, outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { BlueprintError } from './blueprint-error.ts';
import { buildMove, clipIdOf, type MovePlace, timesOf, transitionDuration } from './build.ts';
import { NO_OVERLAP, type Overlap, overlapOnCount } from './crossfade-overlaps.ts';
import { BLUEPRINT_DEFAULTS } from './defaults.ts';
import type { MoveToBuild } from './move-to-build.ts';
import type { Blueprint, BlueprintMove } from './schema/blueprint-schema.ts';
import { transitionOf } from './transition-windows.ts';
import { validateBlueprint } from './validate.ts';

/**
 * The moves of a document as they were planned, times in seconds, each ending where the next begins: overlaps are taken
 * away. Null where it lacks what a plan has (a document by hand, or of schema 1.0).
 */
export function plannedMovesOf({ moves }: Blueprint): MoveToBuild[] | null {
  const planned = moves.map((move, index) => plannedMoveOf(move, index, moves));
  return planned.every((move) => move !== null) ? planned : null;
}

function plannedMoveOf(
  move: BlueprintMove,
  index: number,
  moves: readonly BlueprintMove[],
): MoveToBuild | null {
  const { move_id: moveId, counts, original_duration: clipDurationSec } = move;
  const { playback_rate: playbackRate, trim_start: trimStartSec } = move;
  if (moveId === undefined || counts === undefined || clipDurationSec === undefined) return null;
  if (playbackRate === undefined || trimStartSec === undefined) return null;
  const { leadSec } = overlapIn(moves, index);
  const { extendSec } = overlapIn(moves, index + 1);
  return {
    moveId,
    name: move.move_name ?? moveId,
    label: move.move_label ?? '',
    videoPath: move.video_path,
    startSec: move.start_time + leadSec,
    durationSec: move.duration - leadSec - extendSec,
    counts,
    trimStartSec: trimStartSec + leadSec * playbackRate,
    playbackRate,
    clipDurationSec,
    transition: transitionOf(move, index),
    sectionLabel: move.section ?? '',
    reason: move.reason ?? '',
    ...(move.explanation === undefined ? {} : { explanation: explanationOf(move.explanation) }),
  };
}

function explanationOf(
  explanation: NonNullable<BlueprintMove['explanation']>,
): NonNullable<MoveToBuild['explanation']> {
  const { section, phrase, eight, why, join, compromise } = explanation;
  return { section, phrase, eight, why, join, ...(compromise === undefined ? {} : { compromise }) };
}

/** Nearer than this, moves touch. */
const TOUCHING_SEC = 1e-4;

/** How far the move of that index lies over the one before it. */
function overlapIn(moves: readonly BlueprintMove[], index: number): Overlap {
  const [before, move] = [moves[index - 1], moves[index]];
  if (before === undefined || move === undefined) return NO_OVERLAP;
  const overlapSec = before.start_time + before.duration - move.start_time;
  if (overlapSec < TOUCHING_SEC) return NO_OVERLAP;
  const isLead = (move.lead_in_counts ?? BLUEPRINT_DEFAULTS.leadInCounts) > 0;
  return isLead ? { extendSec: 0, leadSec: overlapSec } : { extendSec: overlapSec, leadSec: 0 };
}

export interface BlueprintRevision {
  /** Of the new task. */
  readonly taskId: string;
  readonly generatedAt: Date;
  readonly moves: readonly {
    readonly move: MoveToBuild;
    /** Which move of the document it was; null for a new one. */
    readonly origin: number | null;
    /** Whether more than its transition differs. */
    readonly isRelaid: boolean;
  }[];
  /** New length of crossfades, seconds. */
  readonly crossfadeSec?: number;
  /** New length of fades through a colour, seconds. */
  readonly fadeSec?: number;
}

/**
 * The document with other moves, for another task: what a revision does not touch is taken over as it is, fields
 * unknown to the schema included, but for `open_wishes`: it is made by hand, and nobody judges what it leaves open. Moves
 * are numbered anew. A crossfade that is new lies on a count; where its length is
 * given, all crossfades have it, and are centred.
 *
 * Throws BlueprintError where the result would not validate.
 */
export function reviseBlueprint(blueprint: Blueprint, revision: BlueprintRevision): Blueprint {
  const { taskId, generatedAt, moves, crossfadeSec, fadeSec } = revision;
  const overlaps = moves.map((_, index) => revisedOverlap(blueprint, revision, index));
  const { open_wishes: _judged, ...taken } = blueprint;
  const { output_config: output } = blueprint;
  const presentSec = output.transition_duration ?? BLUEPRINT_DEFAULTS.transitionDurationSec;
  const revised: Blueprint = {
    ...taken,
    task_id: taskId,
    generation_timestamp: generatedAt.toISOString(),
    moves: moves.map((item, index) => {
      const [entry, exit] = [overlaps[index] ?? NO_OVERLAP, overlaps[index + 1] ?? NO_OVERLAP];
      return revisedMove(blueprint, item, { index, next: moves[index + 1]?.move, entry, exit });
    }),
    output_config: {
      ...output,
      output_path: DATA_PREFIX + outputKeyOfTask(taskId),
      ...transitionDuration(overlaps, presentSec),
      ...(crossfadeSec === undefined ? {} : { transition_duration: crossfadeSec }),
      ...(fadeSec === undefined ? {} : { fade_duration: fadeSec }),
    },
  };
  const issues = validateBlueprint(revised);
  if (issues.length > 0) throw new BlueprintError(issues);
  return revised;
}

/** As it was between moves that follow each other as before; else on a count. */
function revisedOverlap(
  blueprint: Blueprint,
  { moves, crossfadeSec }: BlueprintRevision,
  index: number,
): Overlap {
  const [before, item] = [moves[index - 1], moves[index]];
  if (before === undefined || item === undefined || crossfadeSec !== undefined) return NO_OVERLAP;
  const { origin } = item;
  const known = origin === null ? undefined : blueprint.moves[origin];
  const isAsBefore =
    origin !== null &&
    before.origin === origin - 1 &&
    !before.isRelaid &&
    !item.isRelaid &&
    known !== undefined &&
    transitionOf(known, origin) === item.move.transition;
  return isAsBefore ? overlapIn(blueprint.moves, origin) : overlapOnCount(before.move, item.move);
}

function revisedMove(
  blueprint: Blueprint,
  { move, origin, isRelaid }: BlueprintRevision['moves'][number],
  place: MovePlace & { readonly entry: Overlap; readonly exit: Overlap },
): BlueprintMove {
  const { index, entry, exit } = place;
  const kept = origin === null || isRelaid ? undefined : blueprint.moves[origin];
  if (kept === undefined || origin === null) return buildMove(move, place);
  const { explanation: said, ...same } = kept;
  const named = {
    ...same,
    clip_id: clipIdOf(index),
    transition_type: index === 0 ? ('cut' as const) : move.transition,
    ...explanationAgain(said, move),
  };
  const liesAsBefore =
    isSame(entry, overlapIn(blueprint.moves, origin)) && isSame(exit, overlapIn(blueprint.moves, origin + 1));
  if (liesAsBefore) return named;
  const { lead_in_counts: _, ...rest } = named;
  return { ...rest, ...timesOf(move, place) };
}

/** What a move says of itself now, and what of it the schema does not know. */
function explanationAgain(
  said: BlueprintMove['explanation'],
  { explanation }: MoveToBuild,
): Pick<BlueprintMove, 'explanation'> {
  if (explanation === undefined) return {};
  const { compromise: _gaveUp, ...before } = said ?? {};
  return { explanation: { ...before, ...explanation } };
}

function isSame(one: Overlap, other: Overlap): boolean {
  return one.extendSec === other.extendSec && one.leadSec === other.leadSec;
}
