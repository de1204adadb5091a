import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { connectDatabase, type Database } from '../connect.ts';
import { withAdminClient } from '../embedded/admin-client.ts';
import { keepDatabase } from './kept-databases.ts';
import { templateDatabase, withDatabaseName } from './template-database.ts';
import { describeKept, startTestServer } from './test-server.ts';

/** A connection that was just closed takes a moment to leave the server's list. */
const LEAVE_TIMEOUT_MS = 2_000;
const POLL_MS = 20;

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
let templateName: Promise<string> | undefined;

/** The server of this run of the tests; a file that is run by itself gets one of its own. */
async function findServerUrl(): Promise<string> {
  const shared = process.env.TEST_DATABASE_URL;
  if (shared !== undefined && shared !== '') return shared;
  const server = await startTestServer();
  process.once('beforeExit', async () => {
    const kept = await server.stop();
    if (kept !== undefined) process.stderr.write(`${describeKept(kept).join('\n')}\n`);
  });
  return server.url;
}

/**
 * A database of one test's own, at the head of all migrations and empty. When the test ends it is dropped, but kept where
 * the test has failed, and with it the server at the end of the run (`pnpm test:open`). The
 * test fails where a connection to it (other than `db`, which is closed first) is still open.
 *
 * The server is that of `TEST_DATABASE_URL`, or else one that ends with this process.
 */
export async function makeTestDatabase(t: TestContext): Promise<TestDatabase> {
  serverUrl ??= findServerUrl();
  const server = await serverUrl;
  templateName ??= templateDatabase(server);
  const template = await templateName;
  const name = `bachata_test_${process.pid}_${randomBytes(5).toString('hex')}`;
  // Its files copied as they are: a quarter of the time that it takes to log each page.
  const create = `create database ${name} template ${template} strategy file_copy`;
  await withAdminClient(server, (client) => client.query(create));
  const url = withDatabaseName(server, name);
  const db = connectDatabase({ url, applicationName: 'bachata-buddy-test' });
  t.teardown(async () => {
    await db.close();
    const leaked = await withAdminClient(server, async (client) => {
      const stillOpen = await waitForConnectionsToEnd(client, name);
      const title = titleOf(t.fullname ?? name);
      const isKept = t.passing?.() === false && (await keepDatabase(client, { name, title }));
      if (!isKept) await client.query(`drop database ${name} with (force)`);
      return stillOpen;
    });
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
async function waitForConnectionsToEnd(client: pg.Client, name: string): Promise<string[]> {
  const deadline = Date.now() + LEAVE_TIMEOUT_MS;
  for (;;) {
    const { rows } = await client.query<{ application_name: string }>(
      `select application_name from pg_stat_activity
       where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map((row) => row.application_name);
    await sleep(POLL_MS);
  }
}
