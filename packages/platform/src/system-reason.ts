import { getSystemErrorMap } from 'node:util';
import { toError } from './app-error.ts';

/** What the system says of a call that it refused, in words: `no space left on device`; null of any other error. */
export function systemReason(thrown: unknown): string | null {
  const { errno } = toError(thrown) as NodeJS.ErrnoException;
  return errno === undefined ? null : (getSystemErrorMap().get(errno)?.[1] ?? null);
}
