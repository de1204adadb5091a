import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { databaseError } from './database-error.ts';

const DEFAULT_MAX_CONNECTIONS = 10;
/** For a place in a pool all of whose connections are in use. */
const POOL_TIMEOUT_MS = 10_000;
/** Connections that a silent network leaves half made are gone so soon after it is well again. */
const CONNECT_TIMEOUT_MS = 4_000;
/** No query of this package should need more; a statement that does is stopped by the server. */
const STATEMENT_TIMEOUT_MS = 8_000;
/**
 * After the server would have stopped the statement: then it is the connection that is silent, and TCP alone would
 * take a quarter of an hour to say so. Below the interval of a job's heartbeats, so that it costs one of them.
 */
const ANSWER_TIMEOUT_MS = 9_000;
/** An idle connection's other end is asked after so long whether it is still there (by default after two hours). */
const KEEP_ALIVE_DELAY_MS = 10_000;
/** A transaction that its process forgot must not hold its locks for ever. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

/** The pool hands its patience with its own queue on to each connection, which needs less. */
class PromptClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  }
}

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
  readonly orm: NodePgDatabase;
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
    connectionTimeoutMillis: POOL_TIMEOUT_MS,
    Client: PromptClient,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
  });
  // Without a listener a connection's end would end the process: an idle one's, and that of one in a transaction.
  pool.on('error', (error) => onIdleError?.(error));
  pool.on('connect', (client) => void client.on('error', () => {}));
  let closing: Promise<void> | undefined;
  return {
    orm: drizzle(pool),
    pool,
    close() {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** How busy a pool is. */
export interface PoolFigures {
  /** Connections that a query has. */
  readonly inUse: number;
  /** Open connections that nobody needs just now. */
  readonly idle: number;
  /** Queries that wait for a connection. */
  readonly waiting: number;
}

/** Asks the pool alone, not the server. */
export function poolFigures({ pool }: Database): PoolFigures {
  const { totalCount, idleCount, waitingCount } = pool;
  return { inUse: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
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
