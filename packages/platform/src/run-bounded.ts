export interface RunBoundedOptions {
  /** Tasks at a time. */
  readonly concurrency: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs tasks in their order, so many at a time. Each gets a signal that is aborted when `signal` is, or when
 * another task has failed: then no further one is begun, those that run are waited for, and the first failure is
 * thrown.
 */
export async function runBounded<Result>(
  tasks: readonly ((signal: AbortSignal) => Promise<Result>)[],
  { concurrency, signal }: RunBoundedOptions,
): Promise<Result[]> {
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const results: Result[] = new Array(tasks.length);
  const failures: unknown[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < tasks.length && !either.aborted) {
      const index = next++;
      try {
        results[index] = await tasks[index]!(either);
      } catch (thrown) {
        failures.push(thrown);
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, tasks.length) }, work));
  if (failures.length > 0) throw failures[0];
  signal?.throwIfAborted();
  return results;
}
