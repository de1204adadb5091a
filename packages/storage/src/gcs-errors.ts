import { AppError } from '@bachata-buddy/platform';
import { storageError } from './errors.ts';
import { fileError, isFileError } from './storage-error.ts';

/** Statuses after which the same request may work (cloud.google.com/storage/docs/retry-strategy). */
const PASSING_STATUSES: readonly number[] = [408, 429, 500, 502, 503, 504];

/** Failures of the connection, which pass too; the last is an upload whose state could not be asked for. */
const CONNECTION_FAILURE =
  /ECONNRESET|ECONNREFUSED|ECONNABORTED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|ENETUNREACH|EHOSTUNREACH|ERR_STREAM_PREMATURE_CLOSE|socket hang up|socket connection timeout|premature close|unexpected connection closure|aborted|fetch failed|terminated|offset is lower than/i;

interface ClientError {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly message?: unknown;
  readonly name?: unknown;
  readonly errors?: unknown;
  readonly response?: { readonly status?: unknown };
}

/** The HTTP status behind what the client threw; undefined where there was no answer. */
export function statusOf(thrown: unknown): number | undefined {
  const { code, status, response } = (thrown ?? {}) as ClientError;
  const [found] = [code, status, response?.status].map(Number).filter((value) => value >= 100 && value < 600);
  if (found !== undefined) return found;
  // What the client throws after its last try has the status in its text alone.
  const said = /status: (\d{3})/.exec(textOf(thrown))?.[1];
  return said === undefined ? undefined : Number(said);
}

/** Whether the same request may work when it is made again. */
export function isPassing(thrown: unknown): boolean {
  const status = statusOf(thrown);
  if (status !== undefined) return PASSING_STATUSES.includes(status);
  const { code, errors } = (thrown ?? {}) as ClientError;
  return CONNECTION_FAILURE.test(`${String(code)} ${textOf(thrown)} ${JSON.stringify(errors ?? '')}`);
}

/** The bucket has no such object: said in these words, for a bucket that is not there is a 404 too. */
export function isAbsence(thrown: unknown): boolean {
  return statusOf(thrown) === 404 && textOf(thrown).includes('No such object');
}

export function isPreconditionFailure(thrown: unknown): boolean {
  return statusOf(thrown) === 412;
}

/**
 * What went wrong, in words for a user: no bucket, address or credential in them. The client's own text goes to
 * the log without its queries, for the address of an upload is a credential.
 */
export function gcsError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isFileError(thrown)) return fileError(thrown);
  const status = statusOf(thrown);
  const cause = new Error(textOf(thrown).replace(/\?\S+/g, '?…').slice(0, 500));
  const more = { details: { status: status ?? null }, cause };
  if (isPassing(thrown)) return storageError('STORAGE_FAILED', 'Storage could not be reached.', more);
  if (status === 401 || status === 403)
    return storageError('STORAGE_REFUSED', 'Storage refused access.', more);
  if (status === 404) return storageError('STORAGE_REFUSED', 'The storage bucket was not found.', more);
  if (/mismatch|doesn't match calculated/i.test(textOf(thrown)))
    return storageError('STORAGE_FAILED', 'The file did not arrive in storage as it was sent.', more);
  return storageError('STORAGE_REFUSED', 'Storage could not be read or written.', more);
}

function textOf(thrown: unknown): string {
  const { message, errors } = (thrown ?? {}) as ClientError;
  const details = Array.isArray(errors)
    ? errors.map((error) => String(error?.message ?? JSON.stringify(error)))
    : [];
  return [...(typeof message === 'string' ? [message] : []), ...details].join(' ');
}
