import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connectDatabase, type Database } from '../connect.ts';
import { keepDatabase } from './kept-databases.ts';
import { templateDatabase, withDatabaseName } from './template-database.ts';
import { describeKept, startTestServer } from './test-server.ts';

/** A connection that was just closed takes a moment to leave the server's list. */
const LEAVE_TIMEOUT_MS = 2_000;
const POLL_MS = 20;
/** For tests of one process that begin or end at once. */
const MAX_ADMIN_CONNECTIONS = 4;

/** The part of a tap test that is needed here. */
export interface TestContext {
  teardown(handler: () => unknown): unknown;
  /** Whether nothing has failed so far. Absent: nothing ever does. */
  passing?(): boolean;
  readonly fullname?: string;
}

export interface TestDatabase {
  readonly url: string;
  /** Closed by the test's teardown. */
  readonly db: Database;
}

let serverUrl: Promise<string> | undefined;
let admins: pg.Pool | undefined;
let templateName: Promise<string> | undefined;

/** The server of this run of the tests; a file that is run by itself gets one of its own. */
async function findServerUrl(): Promise<string> {
  const shared = process.env.TEST_DATABASE_URL;
  if (shared !== undefined && shared !== '') return shared;
  const server = await startTestServer();
  process.once('beforeExit', async () => {
    await admins?.end();
    const kept = await server.stop();
    if (kept !== undefined) process.stderr.write(`${describeKept(kept).join('\n')}\n`);
  });
  return server.url;
}

/**
 * Connections to the server's own database, which stay from test to test (a new one costs the server more than a copy of a database),
 * and keep no process from its end.
 */
function adminsOf(server: string): pg.Pool {
  if (admins !== undefined) return admins;
  admins = new pg.Pool({
    connectionString: server,
    application_name: 'bachata-buddy-admin',
    max: MAX_ADMIN_CONNECTIONS,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  });
  // The server may end before its clients; the query that is asked next tells what matters.
  admins.on('error', () => {});
  return admins;
}

export interface TestDatabaseOptions {
  /** Address of a database to begin with, to which nobody is connected. Default: one that is empty. */
  readonly copyOf?: string;
}

/**
 * A database of one test's own, at the head of all migrations and empty, or a copy of another. When the test ends it is dropped, but kept where
 * the test has failed, and with it the server at the end of the run (`pnpm test:open`). The
 * test fails where a connection to it (other than `db`, which is closed first) is still open.
 *
 * The server is that of `TEST_DATABASE_URL`, or else one that ends with this process.
 */
export async function makeTestDatabase(
  t: TestContext,
  { copyOf }: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  serverUrl ??= findServerUrl();
  const server = await serverUrl;
  templateName ??= templateDatabase(server);
  const template = copyOf === undefined ? await templateName : new URL(copyOf).pathname.slice(1);
  const name = `bachata_test_${process.pid}_${randomBytes(5).toString('hex')}`;
  // Its files copied as they are: a quarter of the time that it takes to log each page.
  const create = `create database ${name} template ${template} strategy file_copy`;
  await adminsOf(server).query(create);
  const url = withDatabaseName(server, name);
  const db = connectDatabase({ url, applicationName: 'bachata-buddy-test' });
  t.teardown(async () => {
    await db.close();
    const admin = adminsOf(server);
    const leaked = await waitForConnectionsToEnd(admin, name);
    const title = titleOf(t.fullname ?? name);
    const isKept = t.passing?.() === false && (await keepDatabase(admin, { name, title }));
    if (!isKept) await admin.query(`drop database ${name} with (force)`);
    if (leaked.length > 0) {
      throw new Error(`${leaked.length} connection(s) were left open: ${leaked.join(', ')}`);
    }
  });
  return { url, db };
}

/** tap names a test by its file, from wherever that was compiled to, and the tests around it. */
function titleOf(fullname: string): string {
  return fullname.replace(/^\S*\//, '').replace(' > TAP', '');
}

/** The application names of connections that do not end; empty where all do. */
async function waitForConnectionsToEnd(admin: pg.Pool, name: string): Promise<string[]> {
  const deadline = Date.now() + LEAVE_TIMEOUT_MS;
  for (;;) {
    const { rows } = await admin.query<{ application_name: string }>(
      `select application_name from pg_stat_activity
       where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map((row) => row.application_name);
    await sleep(POLL_MS);
  }
}
