import { setImmediate } from 'node:timers/promises';

/** How long one piece of work may hold the event loop before others get their turn. */
const LONGEST_HOLD_MS = 8;

/**
 * Turns on the event loop: of all who pause, one goes on in each round of it, so that however much is computed at once,
 * nothing else waits longer than for one piece of work.
 */
export function makeTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** A `pause` for one piece of work, which holds the loop for some milliseconds at a time. */
    begin(): () => Promise<void> | undefined {
      let sinceMs = performance.now();
      return () => {
        if (performance.now() - sinceMs < LONGEST_HOLD_MS) return undefined;
        last = last.then(() => setImmediate());
        return last.then(() => {
          sinceMs = performance.now();
        });
      };
    },
  };
}
