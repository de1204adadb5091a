import closeWithGrace from 'close-with-grace';
import { toError } from './app-error.ts';

/** Cloud Run sends SIGKILL ten seconds after SIGTERM; this leaves two of them to spare. */
const DEFAULT_DELAY_MS = 8_000;

export interface TerminationOptions {
  /** Ends what runs: stop listening, stop children, close pools. */
  readonly close: (reason: { signal?: string; error?: Error }) => Promise<void>;
  /** After so long the process ends all the same. Default 8 s. */
  readonly delayMs?: number;
  readonly onError?: (error: Error) => void;
}

/**
 * Ends the process in order on SIGTERM, SIGINT, SIGHUP and on an error nobody caught: `close` runs once, then
 * the process exits, with 1 after an error.
 *
 * @returns a function that takes the handlers away again
 */
export function closeOnTermination({
  close,
  delayMs = DEFAULT_DELAY_MS,
  onError,
}: TerminationOptions): () => void {
  const listener = closeWithGrace({ delay: delayMs, logger: false }, async ({ signal, err }) => {
    if (err !== undefined) onError?.(toError(err));
    await close({
      ...(signal === undefined ? {} : { signal }),
      ...(err === undefined ? {} : { error: toError(err) }),
    });
  });
  return () => listener.uninstall();
}
