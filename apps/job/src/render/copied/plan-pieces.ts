import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import { elementAt } from '@bachata-buddy/platform';
import { type ClipFacts, isKeyframe } from './clip-facts.ts';
import { FRAME_TICKS } from './clock.ts';
import { layStretches, type MixKind, type Shot, type Stretch } from './stretches.ts';

/** Pictures of one clip, one for each picture of a piece; never falling. */
export interface Layer {
  readonly clipKey: string;
  readonly frames: readonly number[];
}

/** What an encoder makes of one clip or two. */
export interface Mix {
  /** `none`: one clip as it is, where a copy cannot begin. */
  readonly kind: MixKind | 'none';
  readonly from: Layer;
  /** Of a crossfade. */
  readonly to: Layer | undefined;
  /** Of each picture, the share of what comes, or of the fade's colour: 0 to 1. Empty for `none`. */
  readonly shares: readonly number[];
}

interface PieceTimes {
  readonly startTicks: number;
  /** How long each of its pictures is shown. */
  readonly durationTicks: Uint32Array;
  /** The move whose clip is shown; in a crossfade, the one that comes. */
  readonly moveIndex: number;
}

/** Pictures of a clip that follow each other; the first is a keyframe (of a clip that is prepared, its own). */
export interface CopyPiece extends PieceTimes {
  readonly kind: 'copy';
  readonly clipKey: string;
  readonly firstFrame: number;
}

export interface MixPiece extends PieceTimes {
  readonly kind: 'mix';
  readonly mix: Mix;
}

export type Piece = CopyPiece | MixPiece;

/** A clip that is played faster has more pictures a second than any screen shows: then some are left out. */
const MAX_COPY_RATE = 1.5;

/**
 * What a video is made of, in order and without a hole: pictures that are copied from clips, each with the times it is
 * shown at, and pictures that have to be encoded. A run of a clip is copied from its first keyframe on; what is in
 * front of it, and what transitions mix, is encoded.
 *
 * @param clips facts by clip key, for every clip the blueprint names
 */
export function planPieces(blueprint: ResolvedBlueprint, clips: ReadonlyMap<string, ClipFacts>): Piece[] {
  return layStretches(blueprint, clips).flatMap(({ mix, ...stretch }) =>
    mix === undefined ? piecesOfRun(stretch) : [mixOf({ mix, ...stretch })],
  );
}

function piecesOfRun({ shot, startTicks, endTicks }: Stretch): Piece[] {
  if (shot.rate > MAX_COPY_RATE) return [encodedRun(shot, startTicks, endTicks)];
  const run = showPictures(shot, startTicks, endTicks);
  const copied = run.frames.findIndex((frame) => isKeyframe(shot.facts, frame));
  const split = copied === -1 ? run.frames.length : copied;
  const { clipKey, moveIndex } = shot;
  const pieces: Piece[] = [];
  if (split > 0) {
    const from = { clipKey, frames: run.frames.slice(0, split) };
    const durationTicks = durationsOf(run.starts.slice(0, split), run.starts[split] ?? endTicks);
    const mix: Mix = { kind: 'none', from, to: undefined, shares: [] };
    pieces.push({ kind: 'mix', startTicks, durationTicks, moveIndex, mix });
  }
  if (split < run.frames.length) {
    pieces.push({
      kind: 'copy',
      clipKey,
      moveIndex,
      firstFrame: elementAt(run.frames, split),
      startTicks: elementAt(run.starts, split),
      durationTicks: durationsOf(run.starts.slice(split), endTicks),
    });
  }
  return pieces;
}

/** The pictures of a shot between two times, each once, and when each appears: a held one stays longer. */
function showPictures(
  shot: Shot,
  startTicks: number,
  endTicks: number,
): { frames: number[]; starts: number[] } {
  const stepTicks = FRAME_TICKS / shot.rate;
  const count = Math.max(1, Math.round((endTicks - startTicks) / stepTicks));
  const first = frameAt(shot, startTicks);
  const frames: number[] = [];
  const starts: number[] = [];
  for (let n = 0; n < count; n++) {
    const frame = clamp(first + n, shot);
    if (frame === frames.at(-1)) continue;
    frames.push(frame);
    starts.push(startTicks + Math.round(n * stepTicks));
  }
  return { frames, starts };
}

function encodedRun(shot: Shot, startTicks: number, endTicks: number): MixPiece {
  const starts = evenStarts(startTicks, endTicks);
  return {
    kind: 'mix',
    startTicks,
    durationTicks: durationsOf(starts, endTicks),
    moveIndex: shot.moveIndex,
    mix: { kind: 'none', from: layerOf(shot, starts), to: undefined, shares: [] },
  };
}

function mixOf({ shot, startTicks, endTicks, mix }: Required<Stretch>): MixPiece {
  const starts = evenStarts(startTicks, endTicks);
  const { kind, to, isOut } = mix;
  const count = starts.length;
  // A fade is wholly in its colour on the last picture out and on the first one in.
  const shareOf = (n: number): number => {
    if (kind === 'crossfade') return (n + 1) / (count + 1);
    return isOut ? (n + 1) / count : (count - n) / count;
  };
  return {
    kind: 'mix',
    startTicks,
    durationTicks: durationsOf(starts, endTicks),
    moveIndex: (to ?? shot).moveIndex,
    mix: {
      kind,
      from: layerOf(shot, starts),
      to: to && layerOf(to, starts),
      shares: starts.map((_, n) => shareOf(n)),
    },
  };
}

/** Times of pictures at the house's rate, stretched a little so that they fill the time. */
function evenStarts(startTicks: number, endTicks: number): number[] {
  const count = Math.max(1, Math.round((endTicks - startTicks) / FRAME_TICKS));
  return Array.from(
    { length: count },
    (_, n) => startTicks + Math.round((n * (endTicks - startTicks)) / count),
  );
}

function layerOf(shot: Shot, starts: readonly number[]): Layer {
  return { clipKey: shot.clipKey, frames: starts.map((ticks) => clamp(frameAt(shot, ticks), shot)) };
}

function frameAt({ firstFrame, startTicks, rate }: Shot, ticks: number): number {
  return firstFrame + Math.round(((ticks - startTicks) * rate) / FRAME_TICKS);
}

function clamp(frame: number, { lastFrame }: Shot): number {
  return Math.min(lastFrame, Math.max(0, frame));
}

function durationsOf(starts: readonly number[], endTicks: number): Uint32Array {
  return Uint32Array.from(starts, (start, n) => (starts[n + 1] ?? endTicks) - start);
}
