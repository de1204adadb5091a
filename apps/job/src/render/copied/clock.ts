import { MEZZANINE_FRAME_RATE, MEZZANINE_TIMESCALE } from '@bachata-buddy/media';

/** Ticks a second of the video and of prepared clips. */
export const TICKS_PER_SECOND = MEZZANINE_TIMESCALE;
export const FRAMES_PER_SECOND = MEZZANINE_FRAME_RATE.num / MEZZANINE_FRAME_RATE.den;
/** Ticks that a prepared clip's picture lasts at its own speed. */
export const FRAME_TICKS = TICKS_PER_SECOND / FRAMES_PER_SECOND;

/** The tick nearest to a time. Computed from the time on the whole timeline, so that rounding never adds up. */
export function ticksAt(timeSec: number): number {
  return Math.round(timeSec * TICKS_PER_SECOND);
}
