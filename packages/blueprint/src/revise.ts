import { BlueprintError } from './blueprint-error.ts';
import { buildMove, clipIdOf, type MoveToBuild } from './build.ts';
import type { Blueprint, BlueprintMove } from './schema/blueprint-schema.ts';
import { transitionOf } from './transition-windows.ts';
import { validateBlueprint } from './validate.ts';

/**
 * The moves of a document as they were planned, times in seconds; null where it lacks what a plan has (a document
 * by hand, or of schema 1.0).
 */
export function plannedMovesOf({ moves }: Blueprint): MoveToBuild[] | null {
  const planned = moves.map(plannedMoveOf);
  return planned.every((move) => move !== null) ? planned : null;
}

function plannedMoveOf(move: BlueprintMove, index: number): MoveToBuild | null {
  const { move_id: moveId, counts, original_duration: clipDurationSec } = move;
  const { playback_rate: playbackRate, trim_start: trimStartSec } = move;
  if (moveId === undefined || counts === undefined || clipDurationSec === undefined) return null;
  if (playbackRate === undefined || trimStartSec === undefined) return null;
  return {
    moveId,
    name: move.move_name ?? moveId,
    label: move.move_label ?? '',
    videoPath: move.video_path,
    startSec: move.start_time,
    durationSec: move.duration,
    counts,
    trimStartSec,
    playbackRate,
    clipDurationSec,
    transition: transitionOf(move, index),
    sectionLabel: move.section ?? '',
    reason: move.reason ?? '',
  };
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
 * unknown to the schema included. Moves are numbered anew.
 *
 * Throws BlueprintError where the result would not validate.
 */
export function reviseBlueprint(blueprint: Blueprint, revision: BlueprintRevision): Blueprint {
  const { taskId, generatedAt, moves, crossfadeSec, fadeSec } = revision;
  const revised: Blueprint = {
    ...blueprint,
    task_id: taskId,
    generation_timestamp: generatedAt.toISOString(),
    moves: moves.map(({ move, origin, isRelaid }, index) => {
      const kept = origin === null || isRelaid ? undefined : blueprint.moves[origin];
      if (kept === undefined) return buildMove(move, index, moves[index + 1]?.move);
      return { ...kept, clip_id: clipIdOf(index), transition_type: index === 0 ? 'cut' : move.transition };
    }),
    output_config: {
      ...blueprint.output_config,
      output_path: `data/output/choreography_${taskId}.mp4`,
      ...(crossfadeSec === undefined ? {} : { transition_duration: crossfadeSec }),
      ...(fadeSec === undefined ? {} : { fade_duration: fadeSec }),
    },
  };
  const issues = validateBlueprint(revised);
  if (issues.length > 0) throw new BlueprintError(issues);
  return revised;
}
