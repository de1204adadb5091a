import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Waits until that is there, looking again and again.
 *
 * @returns what was found
 * @throws Error where it is not there in time
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { timeoutMs = 120_000, pollMs = POLL_MS }: { timeoutMs?: number; pollMs?: number } = {},
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<T, false | null | undefined | 0 | ''>;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1_000} s for ${what}`);
    await sleep(pollMs);
  }
}
