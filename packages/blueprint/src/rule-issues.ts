import type { BlueprintIssue } from './blueprint-error.ts';
import { isPlainObject } from './canonical-json.ts';
import { BLUEPRINT_DEFAULTS } from './defaults.ts';
import { TIMELINE_TOLERANCE_SEC } from './limits.ts';
import { moveAt, partNamed } from './place.ts';
import { TRANSITION_TYPES, type TransitionType } from './schema/vocabulary.ts';
import { parseStorageKey, storageKeyProblem } from './storage-key.ts';
import { type Timeline, type TimelineMove, timelineIssues } from './timeline-issues.ts';

type Fields = Readonly<Record<string, unknown>>;

const BITRATE_RANGES = {
  video_bitrate: { lowest: 100e3, highest: 100e6, text: 'between 100k and 100M' },
  audio_bitrate: { lowest: 16e3, highest: 512e3, text: 'between 16k and 512k' },
} as const;

/**
 * What is wrong between fields that are each good by themselves. Reads a document that may be broken elsewhere:
 * a field that is unreadable takes no part, so that one pass can report everything.
 */
export function ruleIssues(document: Fields): BlueprintIssue[] {
  const moves = (Array.isArray(document.moves) ? document.moves : []).map(asFields);
  const output = asFields(document.output_config);
  return [
    ...timelineIssues(readTimeline(document, moves, output)),
    ...moves.flatMap(footageIssues),
    ...bitrateIssues(output),
    ...overwriteIssues(document, moves, output),
    ...beatIssues(document.beats),
  ];
}

function readTimeline(document: Fields, moves: readonly Fields[], output: Fields): Timeline {
  return {
    moves: moves.map(readTimelineMove),
    totalDurationSec: numberIn(document, 'total_duration'),
    transitionDurationSec:
      numberIn(output, 'transition_duration') ?? BLUEPRINT_DEFAULTS.transitionDurationSec,
  };
}

function readTimelineMove(move: Fields, index: number): TimelineMove | undefined {
  const startSec = numberIn(move, 'start_time');
  const durationSec = numberIn(move, 'duration');
  if (startSec === undefined || durationSec === undefined || durationSec === 0) return undefined;
  const given = TRANSITION_TYPES.find((type) => type === move.transition_type);
  const transition: TransitionType = index === 0 ? 'cut' : (given ?? BLUEPRINT_DEFAULTS.transitionType);
  return { startSec, durationSec, transition };
}

/** Footage asked for beyond what the document says the clip has. */
function footageIssues(move: Fields, index: number): BlueprintIssue[] {
  const originalDuration = numberIn(move, 'original_duration');
  const duration = numberIn(move, 'duration');
  if (originalDuration === undefined || duration === undefined) return [];
  const start = numberIn(move, 'trim_start') ?? BLUEPRINT_DEFAULTS.trimStartSec;
  const rate = numberIn(move, 'playback_rate') ?? BLUEPRINT_DEFAULTS.playbackRate;
  const end = originalDuration - (numberIn(move, 'trim_end') ?? BLUEPRINT_DEFAULTS.trimEndSec);
  const needed = start + duration * rate;
  if (needed <= end + TIMELINE_TOLERANCE_SEC) return [];
  const shown = `${Number(needed.toFixed(3))} s, but it ends at ${Number(end.toFixed(3))} s`;
  return [
    { path: moveAt(index).pathOf('duration'), text: `Move at index ${index} needs footage up to ${shown}` },
  ];
}

function bitrateIssues(output: Fields): BlueprintIssue[] {
  const place = partNamed('output_config');
  return Object.entries(BITRATE_RANGES).flatMap(([field, range]) => {
    const bitsPerSecond = parseBitrate(output[field]);
    if (bitsPerSecond === undefined || (bitsPerSecond >= range.lowest && bitsPerSecond <= range.highest))
      return [];
    return [{ path: place.pathOf(field), text: `${place.subject(field)} must be ${range.text}` }];
  });
}

function parseBitrate(value: unknown): number | undefined {
  const parts = typeof value === 'string' ? /^(\d{1,9}(?:\.\d{1,3})?)([kKM]?)$/.exec(value) : null;
  if (parts === null) return undefined;
  const factor = parts[2] === 'M' ? 1e6 : parts[2] === '' ? 1 : 1e3;
  return Number(parts[1]) * factor;
}

/** A video written over a file it is made from would destroy it, for every later video as well. */
function overwriteIssues(document: Fields, moves: readonly Fields[], output: Fields): BlueprintIssue[] {
  const outputKey = keyIn(output, 'output_path');
  if (outputKey === undefined) return [];
  const sources = [keyIn(document, 'audio_path'), ...moves.map((move) => keyIn(move, 'video_path'))];
  if (!sources.includes(outputKey)) return [];
  const path = 'output_config.output_path';
  return [{ path, text: `Field '${path}' would overwrite a file the video is made from` }];
}

function beatIssues(beats: unknown): BlueprintIssue[] {
  if (!Array.isArray(beats)) return [];
  const index = beats.findIndex((beat, at) => {
    const before: unknown = beats[at - 1];
    return typeof beat === 'number' && typeof before === 'number' && beat <= before;
  });
  return index < 0
    ? []
    : [{ path: `beats[${index}]`, text: `Field 'beats[${index}]' must be after the beat before it` }];
}

function asFields(value: unknown): Fields {
  return isPlainObject(value) ? value : {};
}

/** All numbers that rules look at are zero or more; another value is a problem of its own field already. */
function numberIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function keyIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && storageKeyProblem(value) === null ? parseStorageKey(value) : undefined;
}
