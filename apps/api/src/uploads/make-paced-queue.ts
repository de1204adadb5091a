import { setTimeout as sleep } from 'node:timers/promises';

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
  const waiting: (() => void)[] = [];
  let isBusy = false;
  const handOn = async (tookMs: number): Promise<void> => {
    if (waiting.length > 0) await rest(Math.min(tookMs, LONGEST_REST_MS));
    const next = waiting.shift();
    isBusy = next !== undefined;
    next?.();
  };
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (isBusy) await new Promise<void>((resolve) => waiting.push(resolve));
    isBusy = true;
    const beganAt = performance.now();
    try {
      return await work();
    } finally {
      // Whose turn it was has the answer at once.
      void handOn(performance.now() - beganAt);
    }
  };
}
