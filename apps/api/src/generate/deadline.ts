/**
 * The work's answer, or the signal's reason as soon as it aborts, even where the work does not listen to it.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Should the signal win, the work's own failure later on belongs to nobody.
  work.catch(() => {});
  signal.throwIfAborted();
  const { promise: aborted, stop } = rejectOnAbort(signal);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stop();
  }
}

function rejectOnAbort(signal: AbortSignal): { promise: Promise<never>; stop: () => void } {
  let stop = (): void => {};
  const promise = new Promise<never>((_resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    stop = () => signal.removeEventListener('abort', abort);
  });
  return { promise, stop };
}
