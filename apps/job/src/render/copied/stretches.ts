import type { ResolvedBlueprint, ResolvedMove } from '@bachata-buddy/blueprint';
import { elementAt } from '@bachata-buddy/platform';
import { type ClipFacts, keyframeNear } from './clip-facts.ts';
import { FRAME_TICKS, FRAMES_PER_SECOND, ticksAt } from './clock.ts';

/** A clip laid on the video's clock. */
export interface Shot {
  readonly moveIndex: number;
  readonly clipKey: string;
  readonly facts: ClipFacts;
  readonly startTicks: number;
  /** The picture shown at `startTicks`; may be beyond either end of the clip, whose edge is then held. */
  readonly firstFrame: number;
  /** The last picture that may be shown. */
  readonly lastFrame: number;
  /** Clip time a video time. */
  readonly rate: number;
}

export type MixKind = 'crossfade' | 'fade_black' | 'fade_white';

/** A part of the video in which one thing happens: one clip runs, or two are mixed, or one fades. */
export interface Stretch {
  readonly startTicks: number;
  readonly endTicks: number;
  /** What runs; in a crossfade, what leaves. */
  readonly shot: Shot;
  readonly mix?: {
    readonly kind: MixKind;
    /** What comes; undefined for a fade. */
    readonly to: Shot | undefined;
    /** Of a fade: out to the colour, or in from it. */
    readonly isOut: boolean;
  };
}

/** Footage may be this much shorter than asked for, in pictures, before it counts as short. */
const SHORT_BY_FRAMES = 1.5;
/** What would be shown for less than half a picture is left out. */
const LEAST_TICKS = FRAME_TICKS / 2;

/**
 * Lays a blueprint's moves and transitions over the video's clock, without a hole and without overlap. The first shot
 * reaches back to 0 and the last to the end.
 *
 * @param clips facts by clip key, for every clip the blueprint names
 */
export function layStretches(blueprint: ResolvedBlueprint, clips: ReadonlyMap<string, ClipFacts>): Stretch[] {
  const totalTicks = Math.max(1, ticksAt(blueprint.totalDurationSec));
  const moves = visibleMoves(blueprint.moves, totalTicks);
  const shots = moves.map((move) => placeShot(move, clips));
  const windows = moves.map((move, index) => windowOf(move, shots, index, totalTicks));
  const stretches = shots.flatMap((shot, index) => {
    const entered = elementAt(windows, index);
    const left = windows[index + 1];
    const startTicks = index === 0 ? 0 : entered.endTicks;
    const endTicks = left?.startTicks ?? totalTicks;
    return [...entered.stretches, { startTicks, endTicks, shot }];
  });
  return closeGaps(stretches, totalTicks);
}

function visibleMoves(moves: readonly ResolvedMove[], totalTicks: number): ResolvedMove[] {
  const visible = moves.filter((move, index) => {
    const next = moves[index + 1];
    const endTicks = Math.min(totalTicks, next === undefined ? totalTicks : ticksAt(next.startSec));
    return endTicks - ticksAt(move.startSec) >= LEAST_TICKS;
  });
  // All moves may begin at the end of a very short video; the first one's lead-in then fills it.
  return visible.length > 0 ? visible : moves.slice(0, 1);
}

function placeShot(move: ResolvedMove, clips: ReadonlyMap<string, ClipFacts>): Shot {
  const facts = clips.get(move.clipKey);
  if (facts === undefined) throw new Error(`No facts about clip ${move.clipKey}`);
  const trimStart = move.trimStartSec * FRAMES_PER_SECOND;
  const trimmedEnd = facts.frameCount - move.trimEndSec * FRAMES_PER_SECOND;
  const neededEnd = trimStart + move.durationSec * move.playbackRate * FRAMES_PER_SECOND;
  // Footage beyond the trimmed part follows a move that reaches it; a move that had to wait keeps waiting.
  const isHeldAtTrim = move.trimEndSec > 0 && neededEnd > trimmedEnd + SHORT_BY_FRAMES;
  const lastFrame = Math.max(0, (isHeldAtTrim ? Math.round(trimmedEnd) : facts.frameCount) - 1);
  return {
    moveIndex: move.index,
    clipKey: move.clipKey,
    facts,
    startTicks: ticksAt(move.startSec),
    firstFrame: Math.min(keyframeNear(facts, trimStart) ?? Math.round(trimStart), lastFrame),
    lastFrame,
    rate: move.playbackRate,
  };
}

interface Window {
  readonly startTicks: number;
  readonly endTicks: number;
  readonly stretches: readonly Stretch[];
}

/** How a shot is entered. */
function windowOf(move: ResolvedMove, shots: readonly Shot[], index: number, totalTicks: number): Window {
  const shot = elementAt(shots, index);
  const before = shots[index - 1];
  const at = shot.startTicks;
  if (before === undefined || move.transition === 'cut')
    return { startTicks: at, endTicks: at, stretches: [] };
  const next = shots[index + 1]?.startTicks ?? totalTicks;
  const startTicks = Math.max(before.startTicks, Math.min(at, ticksAt(move.transitionStartSec)));
  const endTicks = Math.min(next, Math.max(at, ticksAt(move.transitionEndSec)));
  const kind = move.transition;
  const stretches: Stretch[] =
    kind === 'crossfade'
      ? [{ startTicks, endTicks, shot: before, mix: { kind, to: shot, isOut: false } }]
      : [
          { startTicks, endTicks: at, shot: before, mix: { kind, to: undefined, isOut: true } },
          { startTicks: at, endTicks, shot, mix: { kind, to: undefined, isOut: false } },
        ];
  return { startTicks, endTicks, stretches };
}

/** Leaves out what is too short to be seen; the neighbour in front of it (the first: behind it) takes its time. */
function closeGaps(stretches: readonly Stretch[], totalTicks: number): Stretch[] {
  const seen = stretches.filter(({ startTicks, endTicks }) => endTicks - startTicks >= LEAST_TICKS);
  const kept = seen.length > 0 ? seen : stretches.slice(-1);
  return kept.map((stretch, index) => ({
    ...stretch,
    startTicks: index === 0 ? 0 : stretch.startTicks,
    endTicks: kept[index + 1]?.startTicks ?? totalTicks,
  }));
}
