import { once } from 'node:events';
import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { serverUrl, withAdminClient } from '../embedded/admin-client.ts';
import { readSettings, serverFiles } from '../embedded/server-files.ts';
import { startEmbeddedPostgres } from '../embedded/start.ts';
import { listKept } from '../testkit/kept-databases.ts';
import { findKeptServer } from '../testkit/kept-servers.ts';

const HELP = `
Usage: pnpm test:open [FOLDER] [--query SQL]

Starts the server that a run of the tests kept, because tests failed, and prints the address of each failed test's
database, for psql or anything else that connects. Ctrl-C stops it; nothing is removed.

  FOLDER        which one; default: the newest below .data/failed-tests
  --query SQL   instead of waiting, asks each database that and prints its rows, one a line, as JSON
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<undefined> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: { query: { type: 'string' } },
    maxPositionals: 1,
    args: process.argv.slice(2),
  });
  const directory = positionals[0] ?? (await findKeptServer());
  if (directory === undefined) throw usageError('No run of the tests has kept a server. See --help.');
  const settingsFile = serverFiles(directory).settings;
  if ((await readSettings(settingsFile)) === null) throw usageError(`${directory} is not a kept server.`);
  const server = await startEmbeddedPostgres({ directory, durable: false });
  try {
    const settings = await readSettings(settingsFile);
    for (const { name, title } of await listKept(server.url)) {
      const url = settings === null ? server.url : serverUrl(settings, name);
      say(`${title}\n  ${url}`);
      if (values.query !== undefined) await printRows(url, values.query);
    }
    if (values.query === undefined) await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await server.stop();
  }
}

async function printRows(url: string, query: string): Promise<void> {
  const { rows } = await withAdminClient(url, (client) => client.query<Record<string, unknown>>(query));
  for (const row of rows) say(`  ${JSON.stringify(row)}`);
}

await runCommand(main);
