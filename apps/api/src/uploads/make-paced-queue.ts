import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

const LONGEST_REST_MS = 1_000;

export interface PacedQueueOptions {
  /** Default: that time passes. */
  readonly rest?: (ms: number) => Promise<unknown>;
}

/**
 * Lets one piece of work run after the other, in the order in which they came. Where others wait, there is a rest behind each as
 * long as the work took, at most a second: so however many come at once, they leave half of a processor to everything else.
 */
export function makePacedQueue({ rest = sleep }: PacedQueueOptions = {}) {
  const inTurn = pLimit(1);
  return <Result>(work: () => Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      void inTurn(async () => {
        const beganAt = performance.now();
        // Whose turn it was has the answer at once; the rest is for those who wait.
        try {
          resolve(await work());
        } catch (thrown) {
          reject(thrown);
        }
        if (inTurn.pendingCount > 0) await rest(Math.min(performance.now() - beganAt, LONGEST_REST_MS));
      });
    });
}
