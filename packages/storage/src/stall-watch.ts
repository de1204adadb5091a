import { storageError } from './errors.ts';

export interface StallWatch {
  /** Aborted with the caller's reason, or with a retryable AppError once nothing has moved for too long. */
  readonly signal: AbortSignal;
  /** Something moved. */
  touch(): void;
  end(): void;
}

/** Ends a transfer that stands still: a server that says nothing would be waited for without end. */
export function watchForStall(idleMs: number, signal: AbortSignal | undefined): StallWatch {
  const stalled = new AbortController();
  const timer = setTimeout(() => {
    const message = 'Storage could not be reached.';
    stalled.abort(storageError('STORAGE_FAILED', message, { details: { stalledForMs: idleMs } }));
  }, idleMs);
  return {
    signal: AbortSignal.any([stalled.signal, ...(signal === undefined ? [] : [signal])]),
    touch: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  };
}

/** Like {@link watchForStall}, for what cannot be stopped: it is left to itself. */
export async function withinTime<Result>(
  idleMs: number,
  signal: AbortSignal | undefined,
  work: Promise<Result>,
): Promise<Result> {
  const watch = watchForStall(idleMs, signal);
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(watch.signal.reason);
  });
  if (watch.signal.aborted) stop();
  else watch.signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    watch.signal.removeEventListener('abort', stop);
    watch.end();
  }
}
