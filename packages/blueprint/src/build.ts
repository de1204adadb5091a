import { DATA_PREFIX, type Difficulty, outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { BlueprintError } from './blueprint-error.ts';
import { longestOverlapSec, NO_OVERLAP, type Overlap, overlapsOnCounts } from './crossfade-overlaps.ts';
import { BLUEPRINT_DEFAULTS } from './defaults.ts';
import { SCHEMA_VERSION } from './limits.ts';
import type { MoveToBuild } from './move-to-build.ts';
import type { Blueprint, BlueprintMove } from './schema/blueprint-schema.ts';
import { parseStorageKey, storageKeyProblem } from './storage-key.ts';
import { validateBlueprint } from './validate.ts';

export interface BuildBlueprintOptions {
  readonly taskId: string;
  readonly song: {
    readonly id: number;
    readonly title: string;
    readonly artist: string;
    readonly audioPath: string;
    /** 0 where no beat was found. */
    readonly tempoBpm: number;
    /** Of what is danced. */
    readonly durationSec: number;
    /** Where in the song that begins, seconds. Default 0. */
    readonly startSec?: number;
    /** How long it is faded out at its end, seconds. Default 0. */
    readonly fadeOutSec?: number;
  };
  readonly moves: readonly MoveToBuild[];
  readonly difficulty: Difficulty;
  readonly energyLevel: string;
  readonly style: string;
  readonly userId: number | string;
  /** The sentence that was asked, where there was one. */
  readonly query?: string | undefined;
  /** What else was asked for, as it was understood. Default: nothing. */
  readonly specialRequirements?: readonly string[];
  /** As JSON. */
  readonly wishes?: object | undefined;
  readonly seed: number;
  readonly generatedAt: Date;
  /** What the plan does not meet, and why. Default: nothing. */
  readonly openWishes?: readonly { readonly wish: string; readonly reason: string }[] | undefined;
  /** Beat times of the song, seconds, rising. */
  readonly beats?: readonly number[] | undefined;
  /** Times of the "1" of each eight, seconds, rising. */
  readonly eights?: readonly number[] | undefined;
  /** How sure these counts are, 0..1 each. */
  readonly rhythmConfidence?: Blueprint['rhythm_confidence'];
}

/** Boundaries nearer than this are one boundary: below any frame, above the noise of a running sum. */
const SAME_BOUNDARY_SEC = 1e-4;

/**
 * The document for a plan: paths with `data/` in front, the video as long as the song. Boundaries are rounded to
 * microseconds, durations are their differences, so no error adds up. Crossfades lie on counts where the clips' footage
 * allows. The same options give the same bytes.
 *
 * Throws BlueprintError where the result would not validate, which says all that is wrong with the plan.
 */
export function buildBlueprint(options: BuildBlueprintOptions): Blueprint {
  const { taskId, song, query, specialRequirements = [], wishes, openWishes = [] } = options;
  const overlaps = overlapsOnCounts(options.moves);
  const blueprint: Blueprint = {
    schema_version: SCHEMA_VERSION,
    task_id: taskId,
    song: { id: song.id, title: song.title, artist: song.artist },
    audio_path: dataPath(song.audioPath),
    ...(song.tempoBpm > 0 ? { audio_tempo: roundTo(song.tempoBpm, 1e3) } : {}),
    moves: buildMoves(options.moves, overlaps),
    total_duration: roundTime(song.durationSec),
    difficulty_level: options.difficulty,
    generation_timestamp: options.generatedAt.toISOString(),
    generation_parameters: {
      energy_level: options.energyLevel,
      style: options.style,
      user_id: options.userId,
      ...(query === undefined ? {} : { ai_mode: true, original_query: query }),
      ...(query === undefined && specialRequirements.length === 0
        ? {}
        : { special_requirements: [...specialRequirements] }),
      ...(wishes === undefined ? {} : { wishes }),
    },
    ...(openWishes.length > 0
      ? { open_wishes: openWishes.map(({ wish, reason }) => ({ wish, reason })) }
      : {}),
    seed: options.seed,
    output_config: {
      output_path: DATA_PREFIX + outputKeyOfTask(taskId),
      ...transitionDuration(overlaps, BLUEPRINT_DEFAULTS.transitionDurationSec),
      ...excerptOf(song),
    },
    ...(options.beats === undefined ? {} : { beats: options.beats.map(roundTime) }),
    ...(options.eights === undefined ? {} : { eights: options.eights.map(roundTime) }),
    ...(options.rhythmConfidence === undefined ? {} : { rhythm_confidence: options.rhythmConfidence }),
  };
  const issues = validateBlueprint(blueprint);
  if (issues.length > 0) throw new BlueprintError(issues);
  return blueprint;
}

/** What is danced of the song, where that is not all of it. */
function excerptOf({ startSec = 0, fadeOutSec = 0 }: BuildBlueprintOptions['song']) {
  return {
    ...(startSec > 0 ? { song_start: roundTime(startSec) } : {}),
    ...(fadeOutSec > 0 ? { song_fade_out: roundTime(fadeOutSec) } : {}),
  };
}

function buildMoves(moves: readonly MoveToBuild[], overlaps: readonly Overlap[]): BlueprintMove[] {
  return moves.map((move, index) =>
    buildMove(move, { index, next: moves[index + 1], entry: overlaps[index], exit: overlaps[index + 1] }),
  );
}

export interface MovePlace {
  readonly index: number;
  readonly next: Pick<MoveToBuild, 'startSec'> | undefined;
  /** How it lies over its neighbours. Default: not at all. */
  readonly entry?: Overlap | undefined;
  readonly exit?: Overlap | undefined;
}

/** One move of the document; the first is entered by a cut. */
export function buildMove(move: MoveToBuild, place: MovePlace): BlueprintMove {
  return {
    clip_id: clipIdOf(place.index),
    video_path: dataPath(move.videoPath),
    ...timesOf(move, place),
    transition_type: place.index === 0 ? 'cut' : move.transition,
    original_duration: roundTime(move.clipDurationSec),
    volume_adjustment: 1,
    playback_rate: roundTo(move.playbackRate, 1e9),
    move_id: move.moveId,
    move_name: move.name,
    move_label: move.label,
    counts: move.counts,
    section: move.sectionLabel,
    reason: move.reason,
    ...(move.explanation === undefined ? {} : { explanation: { ...move.explanation } }),
  };
}

type MoveTimes = Pick<
  BlueprintMove,
  'start_time' | 'duration' | 'trim_start' | 'trim_end' | 'lead_in_counts'
>;

/** When a move is on screen and what of its clip is shown, overlaps included. */
export function timesOf(
  move: MoveToBuild,
  { next, entry = NO_OVERLAP, exit = NO_OVERLAP }: MovePlace,
): MoveTimes {
  const startTime = roundTime(move.startSec - entry.leadSec);
  const duration = roundTime(endSec(move, next) + exit.extendSec - startTime);
  const trimStart = Math.max(0, move.trimStartSec - entry.leadSec * move.playbackRate);
  const footageEnd = trimStart + duration * move.playbackRate;
  return {
    start_time: startTime,
    duration,
    trim_start: roundTime(trimStart),
    trim_end: Math.max(0, roundTime(move.clipDurationSec - footageEnd)),
    ...(entry.leadSec > 0 ? { lead_in_counts: 1 } : {}),
  };
}

/** A crossfade may be as long as the longest overlap; named only where it is more than what holds anyway. */
export function transitionDuration(
  overlaps: readonly Overlap[],
  presentSec: number,
): { transition_duration?: number } {
  const longestSec = roundTime(longestOverlapSec(overlaps));
  return longestSec > presentSec ? { transition_duration: longestSec } : {};
}

export function clipIdOf(index: number): string {
  return `move_${index + 1}`;
}

/** Where the move ends: the next one's start, where that is meant. */
function endSec(move: MoveToBuild, next: Pick<MoveToBuild, 'startSec'> | undefined): number {
  const end = move.startSec + move.durationSec;
  const isNextStart = next !== undefined && Math.abs(next.startSec - end) < SAME_BOUNDARY_SEC;
  return roundTime(isNextStart ? next.startSec : end);
}

/** The key with `data/` in front; a bad one stays as it is, for the validation to name it. */
function dataPath(path: string): string {
  return storageKeyProblem(path) === null ? DATA_PREFIX + parseStorageKey(path) : path;
}

function roundTime(sec: number): number {
  return roundTo(sec, 1e6);
}

function roundTo(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
