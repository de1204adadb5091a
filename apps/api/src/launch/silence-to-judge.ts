import type { Watch } from '@bachata-buddy/database';

/**
 * How much longer than usual a task must have been silent to be judged now, so that an outage of the database, in
 * which no job can say a word, kills none.
 *
 * Where looks have followed each other for as long as a silence lasts, silence means what it says: 0. Where they have
 * not, for the database was away or nobody looked, only that is judged which had been silent long enough when the
 * last look saw the database, and has not been heard of since: a job that lives speaks as soon as it can. A scheduler
 * that looks every minute judges by this rule alone. Where that look is not a silence ago either, nobody is judged:
 * null.
 *
 * @param silentForSec what silence is usually judged
 */
export function silenceToJudge({ clearForSec, lastLookSec }: Watch, silentForSec: number): number | null {
  if (clearForSec >= silentForSec) return 0;
  if (lastLookSec !== null && lastLookSec >= silentForSec) return lastLookSec;
  return null;
}
