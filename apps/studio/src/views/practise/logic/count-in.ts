import { begunAt, type DanceLine } from './dance-line.ts';

/** One click of a count-in. */
export interface Click {
  /** 5 to 8: what dancers say before the "1". */
  readonly number: number;
  /** From now. */
  readonly afterSec: number;
}

export interface CountIn {
  readonly clicks: readonly Click[];
  /** When the dance begins, from now. */
  readonly lengthSec: number;
}

const CLICKS = 4;
/** 120 beats a minute, where a dance has no counts. */
const DEFAULT_COUNT_SEC = 0.5;

/**
 * Four clicks in front of a moment, as far apart as the counts from there on are at this speed. They are numbered
 * towards the count that comes: "5, 6, 7, 8" in front of a "1".
 */
export function countInTo(line: DanceLine, sec: number, playbackRate: number): CountIn {
  const first = begunAt(line.counts, sec) ?? line.counts[0];
  const countSec = (first === undefined ? DEFAULT_COUNT_SEC : first.endSec - first.startSec) / playbackRate;
  const firstNumber = first?.number ?? 1;
  return {
    clicks: Array.from({ length: CLICKS }, (_, index) => ({
      number: ((((firstNumber - 1 - CLICKS + index) % 8) + 8) % 8) + 1,
      afterSec: index * countSec,
    })),
    lengthSec: CLICKS * countSec,
  };
}
