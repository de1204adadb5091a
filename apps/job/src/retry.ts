import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@bachata-buddy/platform';

export const DEFAULT_RETRY_DELAYS_MS: readonly number[] = [1_000, 2_000, 4_000];

export interface RetryOptions {
  /** Pauses before the second try, the third, ... */
  readonly delaysMs: readonly number[];
  readonly signal: AbortSignal;
}

/** Tries again what failed in a way that passes; the last failure, or one that does not pass, is thrown. */
export async function withRetries<Result>(
  { delaysMs, signal }: RetryOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  for (const delayMs of delaysMs) {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.retryable) || signal.aborted) throw thrown;
      await sleep(delayMs, undefined, { signal });
    }
  }
  return work();
}
