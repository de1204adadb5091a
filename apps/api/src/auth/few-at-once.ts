import pLimit from 'p-limit';
import { refused } from '../http/http-answer.ts';

/** Some seconds of work: who came later would wait in vain. */
const MOST_WAITING = 200;
const RETRY_AFTER_SEC = 5;
export const BUSY = 'Service temporarily unavailable.';

/**
 * Lets so many works go on at a time; the others wait for their turn.
 *
 * @returns runs a work in its turn @throws HttpAnswer 503 with `Retry-After` where too many wait
 */
export function fewAtOnce(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const inTurn = pLimit(count);
  return (work) => {
    if (inTurn.pendingCount >= MOST_WAITING) {
      throw refused('SERVICE_BUSY', BUSY, { 'retry-after': String(RETRY_AFTER_SEC) });
    }
    return inTurn(work);
  };
}
