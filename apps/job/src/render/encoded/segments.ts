import type { FrameRate } from '@bachata-buddy/media';
import type { RenderPlan, Shot } from './plan.ts';

/** A run of frames that one ffmpeg renders by itself. Its shots lie inside it. */
export interface Segment {
  readonly index: number;
  readonly firstFrame: number;
  readonly frameCount: number;
  readonly shots: readonly Shot[];
}

/**
 * Cuts the plan into segments of about `targetFrames` frames, each with at most `maxShots` clips open at once.
 *
 * A segment may begin where only one clip is on screen: at a cut, between fading out and fading in, or where a
 * crossfade has just ended. Together the segments hold every frame once.
 */
export function splitIntoSegments(plan: RenderPlan, targetFrames: number, maxShots: number): Segment[] {
  const segments: Segment[] = [];
  let shots: Shot[] = [];
  let firstFrame = 0;
  const finish = (endFrame: number): void => {
    segments.push({ index: segments.length, firstFrame, frameCount: endFrame - firstFrame, shots });
    firstFrame = endFrame;
    shots = [];
  };
  for (const shot of plan.shots) {
    const mixEnd = shot.firstFrame + shot.mixFrameCount;
    // The frame at which a new segment could begin with this shot, and would hold something of it.
    const isBoundary = shots.length > 0 && mixEnd < shot.endFrame;
    const isFull = mixEnd - firstFrame >= targetFrames || shots.length >= maxShots;
    if (!isBoundary || !isFull) {
      shots.push(shot);
      continue;
    }
    if (shot.mixFrameCount > 0) shots.push({ ...shot, endFrame: mixEnd, fadeOut: undefined });
    finish(mixEnd);
    shots.push(startingAt(shot, mixEnd, plan.frameRate));
  }
  finish(plan.frameCount);
  return segments;
}

/** The rest of a shot from a frame on, entered by a cut. */
function startingAt(shot: Shot, frame: number, frameRate: FrameRate): Shot {
  if (frame === shot.firstFrame) return { ...shot, mixFrameCount: 0 };
  const skippedSec = ((frame - shot.firstFrame) * frameRate.den) / frameRate.num;
  return {
    ...shot,
    firstFrame: frame,
    sourceStartSec: Math.min(shot.sourceStartSec + skippedSec * shot.playbackRate, shot.lastPictureSec),
    mixFrameCount: 0,
    fadeIn: undefined,
  };
}
