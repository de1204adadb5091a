/** Frames per second as a fraction, so that 30000/1001 stays exact. */
export interface FrameRate {
  readonly num: number;
  readonly den: number;
}

/** The rates of broadcasting that have no finite decimal form. */
const NTSC_RATES: readonly FrameRate[] = [
  { num: 24_000, den: 1_001 },
  { num: 30_000, den: 1_001 },
  { num: 60_000, den: 1_001 },
  { num: 120_000, den: 1_001 },
];

/** How far a written rate (23.98, 29.97) may be from the exact one to be taken for it. */
const NTSC_TOLERANCE = 0.005;

/**
 * A decimal rate as a fraction: 29.97 becomes 30000/1001, whole numbers n/1, all else thousandths (12.5 becomes 25/2).
 *
 * @throws RangeError unless 0.001 <= framesPerSecond <= 1000.
 */
export function toFrameRate(framesPerSecond: number): FrameRate {
  if (!(framesPerSecond >= 0.001 && framesPerSecond <= 1000)) {
    throw new RangeError(`A frame rate must be between 0.001 and 1000, not ${framesPerSecond}`);
  }
  if (Number.isInteger(framesPerSecond)) return { num: framesPerSecond, den: 1 };
  const broadcast = NTSC_RATES.find(({ num, den }) => Math.abs(num / den - framesPerSecond) < NTSC_TOLERANCE);
  if (broadcast !== undefined) return broadcast;
  const thousandths = Math.round(framesPerSecond * 1000);
  const divisor = greatestCommonDivisor(thousandths, 1000);
  return { num: thousandths / divisor, den: 1000 / divisor };
}

/**
 * The frame that begins nearest to a time: round(timeSec * fps).
 * Computed from the time on the whole timeline, never by adding lengths up, so that error cannot grow.
 */
export function frameAtTime(timeSec: number, frameRate: FrameRate): number {
  return Math.round((timeSec * frameRate.num) / frameRate.den);
}

/** A time written as a decimal may lie this much of a frame behind the frame it means. */
const FRAME_TOLERANCE = 1e-6;

/** The fewest frames that are on screen as long as this takes: ceil(durationSec * fps), exact multiples as they are. */
export function framesToHold(durationSec: number, frameRate: FrameRate): number {
  return Math.ceil((durationSec * frameRate.num) / frameRate.den - FRAME_TOLERANCE);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
