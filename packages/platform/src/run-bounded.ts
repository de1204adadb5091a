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
  // All workers draw from it: each task is begun once.
  const queue = tasks.entries();
  const work = async (): Promise<void> => {
    while (!either.aborted) {
      const { value, done } = queue.next();
      if (done) return;
      const [index, task] = value;
      try {
        results[index] = await task(either);
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
