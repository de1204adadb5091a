/** Frames per second of every clip. */
export const FRAMES_PER_SECOND = 30;
/** A count lasts a whole number of frames, so that every count falls on a frame. */
export const FRAMES_PER_COUNT = 14;
export const SECONDS_PER_COUNT = FRAMES_PER_COUNT / FRAMES_PER_SECOND;
/** 128.57 counts per minute. */
export const CLIP_TEMPO_BPM = 60 / SECONDS_PER_COUNT;
/** Counts danced before the first "1" and after the last count: room for a crossfade. */
export const HANDLE_COUNTS = 1;

/** Whole frames of a clip of that many counts, handles included. */
export function clipFrames(counts: number): number {
  return (counts + 2 * HANDLE_COUNTS) * FRAMES_PER_COUNT;
}

/** Count time of a frame: 0 is the first "1", -1 the handle before it. */
export function countAtFrame(frame: number): number {
  return frame / FRAMES_PER_COUNT - HANDLE_COUNTS;
}
