import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { databaseError } from './database-error.ts';
import * as schema from './schema/index.ts';

const DEFAULT_MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** No query of this package should need more; a statement that does is stopped by the server. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A transaction that its process forgot must not hold its locks for ever. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

export interface ConnectOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Size of the pool. Default 10. */
  readonly maxConnections?: number;
  /** Shown in `pg_stat_activity`. Default `bachata-buddy`. */
  readonly applicationName?: string;
  /**
   * Told when an idle connection is lost (the server restarted, say). The pool opens a new one by itself, so
   * there is nothing to do but to log it. Default: nothing.
   */
  readonly onIdleError?: (error: Error) => void;
}

/** A pool of connections. Made by {@link connectDatabase}; handed as first argument to every query. */
export interface Database {
  /** For the queries of this package only. */
  readonly orm: NodePgDatabase<typeof schema>;
  /** For the queries of this package only. */
  readonly pool: pg.Pool;
  /** Waits for running queries and ends all connections. Calling it twice is harmless. */
  close(): Promise<void>;
}

/**
 * Opens a pool. Nothing is connected until the first query, so this neither waits nor throws for a server that
 * is not there: {@link pingDatabase} does.
 */
export function connectDatabase({
  url,
  maxConnections = DEFAULT_MAX_CONNECTIONS,
  applicationName = 'bachata-buddy',
  onIdleError,
}: ConnectOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
  });
  // Without a listener an idle connection's end would end the process.
  pool.on('error', (error) => onIdleError?.(error));
  let closing: Promise<void> | undefined;
  return {
    orm: drizzle(pool, { schema }),
    pool,
    close() {
      closing ??= pool.end();
      return closing;
    },
  };
}

/**
 * One round trip.
 *
 * @throws AppError `DB_UNAVAILABLE`
 */
export async function pingDatabase(db: Database): Promise<void> {
  try {
    await db.pool.query('select 1');
  } catch (thrown) {
    throw databaseError(thrown);
  }
}
