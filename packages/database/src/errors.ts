import { type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What the database, its migrations and the embedded server may say. */
export const DATABASE_ERRORS = {
  DB_CONSTRAINT: { meaning: 'A constraint refused the values; the details name it.' },
  DB_CONTENDED: {
    meaning: 'A deadlock, a lock that did not come, or a statement that took too long.',
    retryable: true,
  },
  DB_DUPLICATE_USERNAME: { meaning: 'The user name is taken.' },
  DB_EMBEDDED_AS_ROOT: {
    meaning: 'The embedded server cannot run as root here, and there is no account to run it as.',
  },
  DB_EMBEDDED_BUSY: {
    meaning: 'Another process has been starting the embedded server for two minutes.',
    retryable: true,
  },
  DB_EMBEDDED_DISK_FULL: { meaning: 'The disk has no room for the embedded server.' },
  DB_EMBEDDED_FAILED: { meaning: 'The embedded server did not start; its log says why.' },
  DB_EMBEDDED_NOT_WRITABLE: { meaning: 'The folder of the embedded server cannot be written.' },
  DB_EMBEDDED_STATE_LOST: {
    meaning: 'The folder of the embedded server holds data, and no password for them.',
  },
  DB_EMBEDDED_UNAVAILABLE: { meaning: 'There is no embedded server for this platform.' },
  DB_FAILED: { meaning: 'The server could not carry out a statement: a fault of ours.' },
  DB_GENERATE_FAILED: { meaning: 'drizzle-kit could not write a migration.' },
  DB_LOGIN_REFUSED: { meaning: 'The server refuses this account, or has no such database.' },
  DB_MIGRATIONS_INVALID: { meaning: 'The files of the migrations are out of order.' },
  DB_MIGRATION_BUSY: {
    meaning: 'Another process has been migrating the database for a minute.',
    retryable: true,
  },
  DB_MIGRATION_CHANGED: { meaning: 'A migration was changed after this database had applied it.' },
  DB_MIGRATION_FAILED: { meaning: 'A migration could not be applied; the database is as it was before.' },
  DB_MIGRATION_SKIPPED: { meaning: 'The database lacks a migration older than one that it has.' },
  DB_NEWER_THAN_CODE: { meaning: 'The database has a migration that this code does not know.' },
  DB_REQUEST_REPLACED: { meaning: 'A repeat of the request went on in its place.' },
  DB_ROLE_INVALID: { meaning: 'A role that programs are to log in with is not the name of one.' },
  DB_UNAVAILABLE: { meaning: 'The server cannot be reached, or the connection was lost.', retryable: true },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof DATABASE_ERRORS, 'database'> {}
}

export const dbError = makeErrors('database', DATABASE_ERRORS);
