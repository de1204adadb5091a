/** A stretch of time, laid over a width. */
export interface TimeScale {
  readonly fromSec: number;
  readonly toSec: number;
  readonly widthPx: number;
}

export function toPx({ fromSec, toSec, widthPx }: TimeScale, sec: number): number {
  return toSec > fromSec ? ((sec - fromSec) / (toSec - fromSec)) * widthPx : 0;
}

/** The time at a place, never beyond the stretch. */
export function toSec({ fromSec, toSec: untilSec, widthPx }: TimeScale, px: number): number {
  if (widthPx <= 0) return fromSec;
  return clamp(fromSec + (px / widthPx) * (untilSec - fromSec), fromSec, untilSec);
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** Where in what is seen the present lies: what comes is worth more than what was. */
const PRESENT_SHARE = 0.3;

/**
 * What is seen of a whole at a moment: so much time as fits at a density, the present at the same place, but at both
 * ends of the whole, beyond which nothing is shown. All of it where all of it fits.
 */
export function viewAround(
  sec: number,
  { durationSec, widthPx, pxPerSec }: { durationSec: number; widthPx: number; pxPerSec: number },
): TimeScale {
  const spanSec = widthPx / pxPerSec;
  if (spanSec >= durationSec) return { fromSec: 0, toSec: durationSec, widthPx };
  const fromSec = clamp(sec - PRESENT_SHARE * spanSec, 0, durationSec - spanSec);
  return { fromSec, toSec: fromSec + spanSec, widthPx };
}
