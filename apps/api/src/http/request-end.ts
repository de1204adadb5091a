import { AsyncResource } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';

export interface RequestEnd {
  /** Null where the caller left before an answer began. */
  readonly status: number | null;
  /** The caller left before the end of the answer. */
  readonly isAborted: boolean;
  readonly durationMs: number;
}

/**
 * Tells, once, what became of a request when its connection is done with it. Called as part of the trace that the
 * caller is part of: a connection closes outside of it.
 */
export function onRequestEnd(response: ServerResponse, tell: (end: RequestEnd) => void): void {
  const beganMs = performance.now();
  let isFinished = false;
  response.once('finish', () => {
    isFinished = true;
  });
  const close = AsyncResource.bind(() => {
    tell({
      status: response.headersSent ? response.statusCode : null,
      isAborted: !isFinished,
      durationMs: performance.now() - beganMs,
    });
  });
  response.once('close', close);
}
