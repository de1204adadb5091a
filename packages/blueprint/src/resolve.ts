import type { Difficulty } from '@bachata-buddy/vocabulary';
import { BLUEPRINT_DEFAULTS } from './defaults.ts';
import type { Blueprint, BlueprintMove, BlueprintOutputConfig } from './schema/blueprint-schema.ts';
import type { TransitionType } from './schema/vocabulary.ts';
import { parseStorageKey } from './storage-key.ts';
import { type TransitionWindow, transitionWindows } from './transition-windows.ts';

/** One move, ready to execute: every default applied, all times in seconds. */
export interface ResolvedMove {
  readonly index: number;
  readonly clipId: string;
  /** Storage key of the clip, without `data/`. */
  readonly clipKey: string;
  /** In the video. */
  readonly startSec: number;
  /** Seconds of video; takes durationSec * playbackRate seconds of clip from trimStartSec on. */
  readonly durationSec: number;
  readonly trimStartSec: number;
  readonly trimEndSec: number;
  /** Length of the clip's file as the document gives it; the file itself has the last word. */
  readonly originalDurationSec?: number;
  /** Seconds of clip per second of video. */
  readonly playbackRate: number;
  /** Factor on the song's amplitude while this move runs, 0..1. */
  readonly volume: number;
  /** How the move is entered; always 'cut' for the first, and where the transition would have no length. */
  readonly transition: TransitionType;
  /**
   * The part of the video the transition takes, seconds; both equal to startSec for a cut. A crossfade mixes
   * over all of it. A fade goes out until startSec and comes in from there.
   */
  readonly transitionStartSec: number;
  readonly transitionEndSec: number;
  readonly moveId?: string;
  readonly name?: string;
  readonly label?: string;
  readonly counts?: number;
  /** Counts in front of its first "1" over which it is mixed in, beside `counts`. */
  readonly leadInCounts?: number;
  readonly section?: string;
  readonly reason?: string;
}

export interface ResolvedOutput {
  /** Storage key of the video to write, without `data/`. */
  readonly key: string;
  readonly format: 'mp4';
  /** Both mean H.264. */
  readonly videoCodec: 'libx264' | 'h264';
  readonly audioCodec: 'aac';
  readonly frameRate: number;
  /** False: at 30 frames a second, pictures of clips keep their own times. */
  readonly isConstantFrameRate: boolean;
  /** As an encoder takes it ("2M"); absent: aim at a quality instead. */
  readonly videoBitrate?: string;
  readonly audioBitrate: string;
  readonly transitionDurationSec: number;
  readonly fadeDurationSec: number;
  /** False: the video has no sound. */
  readonly addAudioOverlay: boolean;
  readonly normalizeAudio: boolean;
  /** Where in the song the video begins, seconds of song. */
  readonly songStartSec: number;
  /** Seconds of video, up to its end. */
  readonly songFadeOutSec: number;
  /** Seconds of song per second of video. */
  readonly songSpeed: number;
  /** Left and right are exchanged. */
  readonly isMirrored: boolean;
  /** The picture shows the counts. */
  readonly showsCounts: boolean;
}

/** A blueprint, ready to execute. */
export interface ResolvedBlueprint {
  readonly taskId: string;
  /** Storage key of the song, without `data/`. */
  readonly audioKey: string;
  readonly audioTempoBpm?: number;
  /** Exact length of the video. */
  readonly totalDurationSec: number;
  readonly moves: readonly ResolvedMove[];
  readonly output: ResolvedOutput;
  readonly difficulty?: Difficulty;
  readonly song?: { readonly id: number; readonly title: string; readonly artist: string };
  /** Beat times of the song, rising; seconds. */
  readonly beats?: readonly number[];
}

/**
 * The document with every default applied and every key in its one form: nothing is left to decide.
 *
 * @param blueprint a validated document (from `parseBlueprint` or `buildBlueprint`)
 */
export function resolveBlueprint(blueprint: Blueprint): ResolvedBlueprint {
  const windows = transitionWindows(blueprint);
  const { song } = blueprint;
  return {
    taskId: blueprint.task_id,
    audioKey: parseStorageKey(blueprint.audio_path),
    totalDurationSec: blueprint.total_duration,
    moves: blueprint.moves.map((move, index) =>
      resolveMove(move, index, windows[index] ?? cutAt(move.start_time)),
    ),
    output: resolveOutput(blueprint.output_config),
    ...given('audioTempoBpm', blueprint.audio_tempo),
    ...given('difficulty', blueprint.difficulty_level),
    ...given('song', song && { id: song.id, title: song.title, artist: song.artist }),
    ...given('beats', blueprint.beats),
  };
}

function cutAt(startSec: number): TransitionWindow {
  return { transition: 'cut', startSec, endSec: startSec };
}

function resolveMove(move: BlueprintMove, index: number, window: TransitionWindow): ResolvedMove {
  return {
    index,
    clipId: move.clip_id,
    clipKey: parseStorageKey(move.video_path),
    startSec: move.start_time,
    durationSec: move.duration,
    trimStartSec: move.trim_start ?? BLUEPRINT_DEFAULTS.trimStartSec,
    trimEndSec: move.trim_end ?? BLUEPRINT_DEFAULTS.trimEndSec,
    playbackRate: move.playback_rate ?? BLUEPRINT_DEFAULTS.playbackRate,
    volume: move.volume_adjustment ?? BLUEPRINT_DEFAULTS.volumeAdjustment,
    transition: window.transition,
    transitionStartSec: window.startSec,
    transitionEndSec: window.endSec,
    ...given('originalDurationSec', move.original_duration),
    ...given('moveId', move.move_id),
    ...given('name', move.move_name),
    ...given('label', move.move_label),
    ...given('counts', move.counts),
    ...given('leadInCounts', move.lead_in_counts),
    ...given('section', move.section),
    ...given('reason', move.reason),
  };
}

function resolveOutput(output: BlueprintOutputConfig): ResolvedOutput {
  return {
    key: parseStorageKey(output.output_path),
    format: output.output_format ?? BLUEPRINT_DEFAULTS.outputFormat,
    videoCodec: output.video_codec ?? BLUEPRINT_DEFAULTS.videoCodec,
    audioCodec: output.audio_codec ?? BLUEPRINT_DEFAULTS.audioCodec,
    frameRate: output.frame_rate ?? BLUEPRINT_DEFAULTS.frameRate,
    isConstantFrameRate: output.constant_frame_rate ?? BLUEPRINT_DEFAULTS.constantFrameRate,
    audioBitrate: output.audio_bitrate ?? BLUEPRINT_DEFAULTS.audioBitrate,
    transitionDurationSec: output.transition_duration ?? BLUEPRINT_DEFAULTS.transitionDurationSec,
    fadeDurationSec: output.fade_duration ?? BLUEPRINT_DEFAULTS.fadeDurationSec,
    addAudioOverlay: output.add_audio_overlay ?? BLUEPRINT_DEFAULTS.addAudioOverlay,
    normalizeAudio: output.normalize_audio ?? BLUEPRINT_DEFAULTS.normalizeAudio,
    songStartSec: output.song_start ?? BLUEPRINT_DEFAULTS.songStartSec,
    songFadeOutSec: output.song_fade_out ?? BLUEPRINT_DEFAULTS.songFadeOutSec,
    songSpeed: output.song_speed ?? BLUEPRINT_DEFAULTS.songSpeed,
    isMirrored: output.mirrored ?? BLUEPRINT_DEFAULTS.mirrored,
    showsCounts: output.show_counts ?? BLUEPRINT_DEFAULTS.showCounts,
    ...given('videoBitrate', output.video_bitrate),
  };
}

/** The member, or nothing where the value is absent. */
function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
