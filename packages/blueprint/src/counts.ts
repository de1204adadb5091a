import type { ShownMove } from './shown-moves.ts';

/** One count of a dance: "1" to "8". */
export interface Count {
  readonly number: number;
  readonly startSec: number;
  readonly endSec: number;
}

/** Of a basic step, back and forth. */
const COUNTS_PER_EIGHT = 8;
/** Twice as fast as anybody dances: counts that are shorter come of a document that was never danced. */
const LEAST_COUNT_SEC = 0.15;

/**
 * The counts of a move, from its first "1" to the next move's. They are equally long, as its clip is played at one rate. Empty where
 * the document does not say how many there are.
 */
export function countsOf({ move: { counts = 0 }, startSec, endSec }: ShownMove): Count[] {
  const countSec = (endSec - startSec) / counts;
  if (!(countSec >= LEAST_COUNT_SEC) || countSec === Number.POSITIVE_INFINITY) return [];
  return Array.from({ length: counts }, (_, n) => ({
    number: (n % COUNTS_PER_EIGHT) + 1,
    startSec: startSec + n * countSec,
    endSec: startSec + (n + 1) * countSec,
  }));
}
