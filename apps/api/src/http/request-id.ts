import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Short, and of characters that change nothing in a log or a header. */
const SAFE_TOKEN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export const REQUEST_ID_HEADER = 'x-request-id';

/** What names a request in its answer and in the log: the caller's own id where it is a safe one, else a new UUID. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && SAFE_TOKEN.test(given) ? given : randomUUID();
}
