import { AppError } from '@bachata-buddy/platform';
import { DrizzleQueryError } from 'drizzle-orm/errors';

/** Network and socket failures: the statement may be tried again on a new connection. */
const CONNECTION_ERRNOS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** What pg says without a code when a connection is lost or cannot be had. */
const CONNECTION_MESSAGES =
  /^(connection terminated|timeout exceeded when trying to connect|timeout expired|query read timeout|client has encountered a connection error|client was closed)/i;

/** SQLSTATE classes and codes: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const UNAVAILABLE_STATES = /^(08...|57P0[1-5]|53...)$/;
const REFUSED_STATES = /^(28...|3D000)$/;
const CONSTRAINT_STATES = /^23...$/;
/** Serialization failure, deadlock, lock not available, statement timeout. */
const PASSING_STATES = /^(40...|55P03|57014)$/;

interface ServerError {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly table?: unknown;
  readonly column?: unknown;
}

/** The error of pg itself: drizzle's wrapper carries the statement and its parameters and is dropped. */
function innermost(thrown: unknown): unknown {
  return thrown instanceof DrizzleQueryError ? (thrown.cause ?? new Error('Query failed')) : thrown;
}

/** SQLSTATE or errno of what a query threw, or undefined. */
export function databaseErrorCode(thrown: unknown): string | undefined {
  const code = (innermost(thrown) as ServerError | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Name of the violated constraint, or undefined. */
export function violatedConstraint(thrown: unknown): string | undefined {
  const constraint = (innermost(thrown) as ServerError | undefined)?.constraint;
  return typeof constraint === 'string' ? constraint : undefined;
}

/**
 * What a query threw, as an {@link AppError} whose message and details hold neither SQL nor values.
 * An AppError is returned as it is.
 *
 * Codes: `DB_UNAVAILABLE` (no connection; retryable, except where the server refused the login),
 * `DB_CONSTRAINT` (details name the constraint), `DB_FAILED` (anything else; retryable after a deadlock or a
 * timeout).
 */
export function databaseError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const cause = innermost(thrown);
  const code = databaseErrorCode(thrown);
  const message = cause instanceof Error ? cause.message : '';
  const details = { ...(code === undefined ? {} : { sqlState: code }) };
  if (
    (code !== undefined && (CONNECTION_ERRNOS.has(code) || UNAVAILABLE_STATES.test(code))) ||
    CONNECTION_MESSAGES.test(message)
  ) {
    return new AppError('The database is not reachable', {
      code: 'DB_UNAVAILABLE',
      retryable: true,
      details,
      cause,
    });
  }
  if (code !== undefined && REFUSED_STATES.test(code)) {
    return new AppError('The database refused the connection', { code: 'DB_UNAVAILABLE', details, cause });
  }
  if (code !== undefined && CONSTRAINT_STATES.test(code)) {
    return new AppError('The database refused the values', {
      code: 'DB_CONSTRAINT',
      details: { ...details, constraint: violatedConstraint(thrown) },
      cause,
    });
  }
  return new AppError('The database could not carry out the request', {
    code: 'DB_FAILED',
    retryable: code !== undefined && PASSING_STATES.test(code),
    details,
    cause,
  });
}
