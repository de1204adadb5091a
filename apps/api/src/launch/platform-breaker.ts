import type { LaunchOutcome } from './job-launcher.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Spares a platform that does not take jobs, and the orders that would be submitted to it in vain. */
export interface PlatformBreaker {
  /** Whether the platform put off the launch that it was tried with last. */
  readonly isOpen: boolean;
  /** How many launches may begin now: any number, none while the platform is left alone, then one, to try it. */
  allowed(underWay: number): number;
  /** Told how each launch ended. */
  note(outcome: LaunchOutcome['kind']): void;
  /** Forgets what was. */
  reset(): void;
}

/**
 * A circuit breaker (Nygard, Release It!, 2007): once the platform has put a launch off, all others wait, for longer
 * each time, and a single one finds out whether it is well again.
 *
 * @param now a clock in milliseconds
 */
export function makePlatformBreaker(now: () => number = () => performance.now()): PlatformBreaker {
  let failures = 0;
  let triesAgainAtMs = 0;
  return {
    get isOpen() {
      return failures > 0;
    },
    allowed(underWay) {
      if (failures === 0) return Number.POSITIVE_INFINITY;
      return underWay === 0 && now() >= triesAgainAtMs ? 1 : 0;
    },
    note(outcome) {
      if (outcome !== 'postponed') {
        failures = 0;
        return;
      }
      // Several that were under way together say it once.
      if (failures > 0 && now() < triesAgainAtMs) return;
      failures += 1;
      triesAgainAtMs = now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
    },
    reset() {
      failures = 0;
    },
  };
}
