import type { ResolvedBlueprint, ResolvedMove } from '@bachata-buddy/blueprint';
import { type FrameRate, frameAtTime, framesToHold, toFrameRate } from '@bachata-buddy/media';
import { elementAt } from '@bachata-buddy/platform';

/** What the plan must know of a clip's file. */
export interface ClipFacts {
  /** When the last picture ends, in seconds after the file's start. */
  readonly endSec: number;
  /** How long one picture is shown, in seconds. */
  readonly frameSec: number;
}

export type FadeColour = 'black' | 'white';

export interface Fade {
  readonly colour: FadeColour;
  readonly frameCount: number;
}

/**
 * One clip on screen, frames firstFrame up to but not including endFrame. Neighbours share frames where they are
 * mixed, and only there.
 */
export interface Shot {
  readonly clipKey: string;
  readonly firstFrame: number;
  readonly endFrame: number;
  /** Place in the clip that is shown at firstFrame; below 0 the first picture is held until 0 is reached. */
  readonly sourceStartSec: number;
  /** Nothing of the clip from here on is shown, the last picture before it is held; undefined: its own end. */
  readonly sourceEndSec: number | undefined;
  /** A place inside the last picture that may be shown; a shot that begins later begins there, and holds it. */
  readonly lastPictureSec: number;
  /** Seconds of clip a second of video. */
  readonly playbackRate: number;
  /** Frames shared with the shot before; 0 after a cut. */
  readonly mixFrameCount: number;
  readonly fadeIn: Fade | undefined;
  readonly fadeOut: Fade | undefined;
}

export interface RenderPlan {
  readonly frameRate: FrameRate;
  readonly frameCount: number;
  /** In the order of the video; they cover frames 0 to frameCount without a hole. */
  readonly shots: readonly Shot[];
}

/** Footage may be this much shorter than asked for, in frames of the clip, before it counts as short. */
const SHORT_BY_FRAMES = 1.5;

/**
 * Turns a blueprint's seconds into frames.
 *
 * Every boundary is the frame nearest to its time on the whole timeline, so rounding never adds up; the end is the
 * first frame at or after it, so that no song outlasts its picture. The first
 * shot reaches back to frame 0 and the last on to the end: with footage around the trimmed part where there is
 * any, else with the edge picture held. Moves too short for a single frame are left out.
 *
 * @param clips facts by clip key, for every clip the blueprint names
 */
export function planRender(blueprint: ResolvedBlueprint, clips: ReadonlyMap<string, ClipFacts>): RenderPlan {
  const { frameRate, frameCount } = lengthOf(blueprint);
  const placed = placeMoves(blueprint.moves, frameRate, frameCount);
  const joins = placed.map((move, index) =>
    joinBefore(move, placed[index - 1], placed[index + 1], frameRate),
  );
  const shots = placed.map((move, index) => {
    const before = elementAt(joins, index);
    const after = joins[index + 1];
    const firstFrame = index === 0 ? 0 : move.frame - before.leadFrames;
    const endFrame = (placed[index + 1]?.frame ?? frameCount) + (after?.mixAfterFrames ?? 0);
    const fadable = endFrame - firstFrame - 1;
    return {
      clipKey: move.clipKey,
      firstFrame,
      endFrame,
      ...footageOf(move, firstFrame, frameRate, clips),
      playbackRate: move.playbackRate,
      mixFrameCount: before.leadFrames + before.mixAfterFrames,
      fadeIn: fade(before.fadeInFrames, before.colour, fadable),
      fadeOut: fade(after?.fadeOutFrames ?? 0, after?.colour, fadable),
    };
  });
  return { frameRate, frameCount, shots };
}

/** How long the video becomes, which its clips have no say in. */
export function lengthOf({
  output,
  totalDurationSec,
}: ResolvedBlueprint): Pick<RenderPlan, 'frameRate' | 'frameCount'> {
  const frameRate = toFrameRate(output.frameRate);
  return { frameRate, frameCount: Math.max(1, framesToHold(totalDurationSec, frameRate)) };
}

interface PlacedMove extends ResolvedMove {
  /** Where the move begins. */
  readonly frame: number;
}

/** Moves with at least one frame of their own. The first is on screen from frame 0, wherever it begins. */
function placeMoves(moves: readonly ResolvedMove[], frameRate: FrameRate, frameCount: number): PlacedMove[] {
  const placed = moves.map((move) => ({ ...move, frame: frameAtTime(move.startSec, frameRate) }));
  const visible = placed.filter((move, index) => {
    const endFrame = Math.min(frameCount, placed[index + 1]?.frame ?? frameCount);
    return move.frame < endFrame;
  });
  // All moves may begin after the last frame of a very short video; the first one's lead-in then fills it.
  return visible.length > 0 ? visible : placed.slice(0, 1);
}

/** How two shots meet, in frames before and after the later move's first frame. */
interface Join {
  readonly leadFrames: number;
  readonly mixAfterFrames: number;
  readonly fadeOutFrames: number;
  readonly fadeInFrames: number;
  readonly colour: FadeColour | undefined;
}

const CUT: Join = { leadFrames: 0, mixAfterFrames: 0, fadeOutFrames: 0, fadeInFrames: 0, colour: undefined };

function joinBefore(
  move: PlacedMove,
  previous: PlacedMove | undefined,
  next: PlacedMove | undefined,
  frameRate: FrameRate,
): Join {
  if (previous === undefined || move.transition === 'cut') return CUT;
  const earliest = previous.frame;
  const latest = next?.frame ?? Number.POSITIVE_INFINITY;
  const startFrame = Math.max(earliest, frameAtTime(move.transitionStartSec, frameRate));
  const endFrame = Math.min(latest, frameAtTime(move.transitionEndSec, frameRate));
  const framesBefore = Math.max(0, move.frame - startFrame);
  const framesAfter = Math.max(0, endFrame - move.frame);
  if (move.transition === 'crossfade')
    return { ...CUT, leadFrames: framesBefore, mixAfterFrames: framesAfter };
  const colour = move.transition === 'fade_white' ? 'white' : 'black';
  return { ...CUT, fadeOutFrames: framesBefore, fadeInFrames: framesAfter, colour };
}

function fade(frames: number, colour: FadeColour | undefined, available: number): Fade | undefined {
  const frameCount = Math.min(frames, available);
  return colour === undefined || frameCount < 1 ? undefined : { colour, frameCount };
}

function footageOf(
  move: PlacedMove,
  firstFrame: number,
  frameRate: FrameRate,
  clips: ReadonlyMap<string, ClipFacts>,
): Pick<Shot, 'sourceStartSec' | 'sourceEndSec' | 'lastPictureSec'> {
  const clip = clips.get(move.clipKey);
  if (clip === undefined) throw new Error(`No facts about clip ${move.clipKey}`);
  const framesIn = firstFrame - move.frame;
  const wantedSec = move.trimStartSec + (framesIn * frameRate.den * move.playbackRate) / frameRate.num;
  const trimmedEndSec = clip.endSec - move.trimEndSec;
  const neededEndSec = move.trimStartSec + move.durationSec * move.playbackRate;
  const isShort = neededEndSec > trimmedEndSec + SHORT_BY_FRAMES * clip.frameSec;
  // Footage beyond the trimmed part follows a move that reaches it; a move that had to wait keeps waiting.
  const isHeldAtTrim = isShort && move.trimEndSec > 0;
  const sourceEndSec = isHeldAtTrim ? Math.max(trimmedEndSec, clip.frameSec) : undefined;
  // Half a picture before the end: inside the last picture, whatever the rounding of its time.
  const lastPictureSec = Math.max(0, (sourceEndSec ?? clip.endSec) - clip.frameSec / 2);
  return { sourceStartSec: Math.min(wantedSec, lastPictureSec), sourceEndSec, lastPictureSec };
}
