import { setImmediate } from 'node:timers/promises';

/** How long rows of a large table may hold the event loop before others get their turn. */
const LONGEST_HOLD_MS = 8;

/** Does the same for each of many, in their order; in between others get their turn on the event loop. */
export async function eachInTurns<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => void,
): Promise<void> {
  let sinceMs = performance.now();
  for (const [index, item] of items.entries()) {
    work(item, index);
    if (performance.now() - sinceMs < LONGEST_HOLD_MS) continue;
    await setImmediate();
    sinceMs = performance.now();
  }
}
