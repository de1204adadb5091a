import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '@bachata-buddy/platform';
import type { Test } from 'tap';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/embedded.ts';
import { connectDatabase } from '../src/index.ts';
import { until } from './run-program.ts';

export function start(directory: string, messages: string[] = []): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ directory, durable: false, onMessage: (message) => messages.push(message) });
}

export async function query<Row>(url: string, text: string): Promise<Row[]> {
  const db = connectDatabase({ url });
  try {
    return (await db.pool.query(text)).rows as Row[];
  } finally {
    await db.close();
  }
}

/** Process id of the server, from PostgreSQL's own file; undefined where it does not run. */
export function serverPid(directory: string): number | undefined {
  const file = path.join(directory, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return isAlive(pid) ? pid : undefined;
}

/** A folder whose server is stopped at the end, whatever the test leaves. */
export function makeFolder(t: Test): string {
  const folder = t.testdir();
  t.teardown(async () => {
    const pid = serverPid(folder);
    if (pid === undefined) return;
    process.kill(pid, 'SIGQUIT');
    await until(() => !isAlive(pid));
    throw new Error('The server was left running');
  });
  return folder;
}
