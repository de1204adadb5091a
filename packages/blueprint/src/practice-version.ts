import { DATA_PREFIX, outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { BlueprintError } from './blueprint-error.ts';
import { BLUEPRINT_DEFAULTS } from './defaults.ts';
import { SCHEMA_VERSION } from './limits.ts';
import type { Blueprint, BlueprintMove, BlueprintOutputConfig } from './schema/blueprint-schema.ts';
import { validateBlueprint } from './validate.ts';

/** The same dance to practise by: slower, the song's pitch kept; or as in a mirror, with its counts in the picture. */
export type PracticeVersion =
  | { readonly kind: 'slow' /** Below 1. */; readonly speed: number }
  | { readonly kind: 'mirrored' };

export interface PracticeOptions {
  /** Of the new task. */
  readonly taskId: string;
  readonly generatedAt: Date;
  readonly version: PracticeVersion;
}

/**
 * The document of a practice version, for another task: the same moves, each with the same footage. Fields unknown to
 * the schema are taken over.
 *
 * Throws BlueprintError where the result would not validate: too long, or too slow for the schema.
 */
export function practiceVersionOf(blueprint: Blueprint, options: PracticeOptions): Blueprint {
  const { taskId, generatedAt, version } = options;
  const practised = version.kind === 'slow' ? slowed(blueprint, version.speed) : mirrored(blueprint);
  const made: Blueprint = {
    ...practised,
    schema_version: SCHEMA_VERSION,
    task_id: taskId,
    generation_timestamp: generatedAt.toISOString(),
    output_config: {
      ...practised.output_config,
      output_path: DATA_PREFIX + outputKeyOfTask(taskId),
    },
  };
  const issues = validateBlueprint(made);
  if (issues.length > 0) throw new BlueprintError(issues);
  return made;
}

function mirrored(blueprint: Blueprint): Blueprint {
  return { ...blueprint, output_config: { ...blueprint.output_config, mirrored: true, show_counts: true } };
}

function slowed(blueprint: Blueprint, speed: number): Blueprint {
  const { audio_tempo: tempo, beats, eights } = blueprint;
  const later = (sec: number): number => roundTo(sec / speed, 1e6);
  return {
    ...blueprint,
    moves: blueprint.moves.map((move) => slowedMove(move, speed, later)),
    total_duration: later(blueprint.total_duration),
    ...(tempo === undefined ? {} : { audio_tempo: roundTo(tempo * speed, 1e3) }),
    ...(beats === undefined ? {} : { beats: beats.map(later) }),
    ...(eights === undefined ? {} : { eights: eights.map(later) }),
    output_config: slowedOutput(blueprint.output_config, speed, later),
  };
}

/** Ends are rounded, not lengths, so that no error adds up from move to move. */
function slowedMove(move: BlueprintMove, speed: number, later: (sec: number) => number): BlueprintMove {
  const startTime = later(move.start_time);
  const rate = move.playback_rate ?? BLUEPRINT_DEFAULTS.playbackRate;
  return {
    ...move,
    start_time: startTime,
    duration: roundTo(later(move.start_time + move.duration) - startTime, 1e6),
    playback_rate: roundTo(rate * speed, 1e9),
  };
}

/** Transitions take the same footage, so they last longer too. */
function slowedOutput(
  output: BlueprintOutputConfig,
  speed: number,
  later: (sec: number) => number,
): BlueprintOutputConfig {
  return {
    ...output,
    transition_duration: later(output.transition_duration ?? BLUEPRINT_DEFAULTS.transitionDurationSec),
    fade_duration: later(output.fade_duration ?? BLUEPRINT_DEFAULTS.fadeDurationSec),
    ...(output.song_fade_out === undefined ? {} : { song_fade_out: later(output.song_fade_out) }),
    song_speed: roundTo((output.song_speed ?? BLUEPRINT_DEFAULTS.songSpeed) * speed, 1e9),
  };
}

function roundTo(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
