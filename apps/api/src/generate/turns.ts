import { setImmediate } from 'node:timers/promises';
import type { Pause } from '@bachata-buddy/choreography';

/** How long one piece of work may hold the event loop before others get their turn. */
const LONGEST_HOLD_MS = 5;

/**
 * Turns on the event loop: of all who begin or pause, one goes on in each round of it, so that however much is computed at
 * once, nothing else waits longer than for one piece of work.
 */
export function makeTurns() {
  let last: Promise<unknown> = Promise.resolve();
  const next = (): Promise<unknown> => {
    last = last.then(() => setImmediate());
    return last;
  };
  return {
    /** Waits for a turn, then gives a `pause` for one piece of work, which holds the loop for some milliseconds at a time. */
    async begin(): Promise<Pause> {
      await next();
      let sinceMs = performance.now();
      return () => {
        if (performance.now() - sinceMs < LONGEST_HOLD_MS) return undefined;
        return next().then(() => {
          sinceMs = performance.now();
        });
      };
    },
  };
}
