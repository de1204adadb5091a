import { type FrameRate, frameAtTime } from '../frame-rate.ts';
import { MEZZANINE_FRAME_RATE } from './format.ts';

const SECONDS_PER_MINUTE = 60;
/** Times of a file are measured to about a microsecond: a count on the file's very end is inside. */
const END_TOLERANCE_SEC = 1e-6;

export interface CountedClip {
  readonly durationSec: number;
  readonly tempoBpm: number;
  /** Where the first "1" falls, seconds from the file's start. */
  readonly firstDownbeatSec: number;
}

/**
 * Every time inside a clip on which one of its counts falls, before and after its first "1", ascending, in seconds.
 * Each is computed from the first "1" as the planner computes where a move begins and ends, so both round alike.
 */
export function countTimesSec({ durationSec, tempoBpm, firstDownbeatSec }: CountedClip): number[] {
  const countSec = SECONDS_PER_MINUTE / tempoBpm;
  const times: number[] = [];
  const endSec = durationSec + END_TOLERANCE_SEC;
  for (let count = Math.ceil(-firstDownbeatSec / countSec); ; count += 1) {
    const timeSec = firstDownbeatSec + count * countSec;
    if (timeSec > endSec) return times;
    if (timeSec >= 0) times.push(timeSec);
  }
}

/** The pictures nearest to these times, and picture 0: ascending, each once. */
export function keyframeFrames(
  timesSec: readonly number[],
  frameRate: FrameRate = MEZZANINE_FRAME_RATE,
): number[] {
  const frames = timesSec.filter((timeSec) => timeSec >= 0).map((timeSec) => frameAtTime(timeSec, frameRate));
  return [...new Set([0, ...frames])].sort((a, b) => a - b);
}
