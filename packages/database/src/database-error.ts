import { AppError } from '@bachata-buddy/platform';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { dbError } from './errors.ts';

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
 * Codes: `DB_UNAVAILABLE`, `DB_LOGIN_REFUSED`, `DB_CONSTRAINT`, `DB_CONTENDED`, `DB_FAILED`.
 */
export function databaseError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const cause = innermost(thrown);
  const code = databaseErrorCode(thrown);
  const said = cause instanceof Error ? cause.message : '';
  const details = { ...(code === undefined ? {} : { sqlState: code }) };
  if (
    (code !== undefined && (CONNECTION_ERRNOS.has(code) || UNAVAILABLE_STATES.test(code))) ||
    CONNECTION_MESSAGES.test(said)
  ) {
    return dbError('DB_UNAVAILABLE', 'The database is not reachable', { details, cause });
  }
  if (code !== undefined && REFUSED_STATES.test(code)) {
    return dbError('DB_LOGIN_REFUSED', 'The database refused the connection', { details, cause });
  }
  if (code !== undefined && CONSTRAINT_STATES.test(code)) {
    return dbError('DB_CONSTRAINT', 'The database refused the values', {
      details: { ...details, constraint: violatedConstraint(thrown) },
      cause,
    });
  }
  const isPassing = code !== undefined && PASSING_STATES.test(code);
  const message = 'The database could not carry out the request';
  return dbError(isPassing ? 'DB_CONTENDED' : 'DB_FAILED', message, { details, cause });
}
