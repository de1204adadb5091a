import { setImmediate } from 'node:timers/promises';
import type { Pause } from '@bachata-buddy/choreography';

/** How long one piece of work may hold the event loop before messages, and who goes before it, get their turn. */
const LONGEST_HOLD_MS = 5;

export interface Turn {
  /** For long work: lets others go on after some milliseconds. */
  readonly pause: Pause;
  /** Lets others go on now. */
  next(): Promise<void>;
}

interface Waiting {
  readonly place: number;
  readonly go: () => void;
}

/**
 * Turns on the event loop: in each round of it one goes on of all who begin or pause: short work first, then whoever came
 * first. So each is ready as early as it can be, and not all of them at once; who waits for something else lets others go on.
 */
export function makeTurns() {
  const waiting: Waiting[] = [];
  let isRunning = false;
  let begun = 0;

  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      await setImmediate();
      const first = waiting.reduce((before, one) => (one.place < before.place ? one : before));
      waiting.splice(waiting.indexOf(first), 1);
      first.go();
    }
    isRunning = false;
  };
  const waitIn = (place: number): Promise<void> =>
    new Promise((go) => {
      waiting.push({ place, go });
      if (!isRunning) void run();
    });

  return {
    /** Waits for a turn. @param isShort whether it is over within that one turn */
    async begin({ isShort = false } = {}): Promise<Turn> {
      begun += 1;
      const place = isShort ? 0 : begun;
      let sinceMs = 0;
      const next = async (): Promise<void> => {
        await waitIn(place);
        sinceMs = performance.now();
      };
      await next();
      return { next, pause: () => (performance.now() - sinceMs < LONGEST_HOLD_MS ? undefined : next()) };
    },
  };
}
