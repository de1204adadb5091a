import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import path from 'node:path';
import { toError } from '@bachata-buddy/platform';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/start.ts';
import { type KeptDatabase, listKept } from './kept-databases.ts';
import { keepServer } from './kept-servers.ts';
import { serverFolder } from './server-folder.ts';

/** Test files run side by side, each with pools of its own. */
const MAX_CONNECTIONS = 300;

/**
 * Waits for the end of its input, which comes when the process that started it ends, however it ends; then stops
 * the server, which has 20 s to end by itself, and removes its folder.
 */
const GUARD_SCRIPT = `
read -r _
pid=$(head -n 1 "$1/postgres/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
  kill -QUIT "$pid"
  for _ in $(seq 400); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
  kill -KILL "$pid" 2>/dev/null
fi
rm -rf "$1"
`;

export interface KeptServer {
  readonly directory: string;
  readonly databases: readonly KeptDatabase[];
}

/** What failed tests left, or may have left, is lost. */
export interface LostServer {
  readonly problem: string;
}

export interface TestServer {
  /** Of a database on a server that holds nothing yet; its user may create databases. */
  readonly url: string;
  /**
   * Ends the server and removes its files; where failed tests left databases, those files are kept first. Where they cannot
   * be kept (a full disk, a server that died), the server ends all the same.
   *
   * @returns what was kept, or why it was not; undefined where there was nothing to keep
   */
  stop(): Promise<KeptServer | LostServer | undefined>;
}

/**
 * A PostgreSQL server for one run of the tests, in a new folder (see `serverFolder`). It
 * ends with `stop`, and also when this process dies: neither a process nor a file stays.
 *
 * @param keptFolder where it stays for whom tests fail; default `.data/failed-tests`, where the newest three stay
 */
export async function startTestServer(keptFolder?: string): Promise<TestServer> {
  const directory = await mkdtemp(path.join(await serverFolder(), 'bachata-buddy-test-'));
  const guard = spawn('sh', ['-c', GUARD_SCRIPT, 'guard', directory], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const guardEnd = once(guard, 'exit');
  guard.unref();
  (guard.stdin as Socket).unref();
  const end = async () => {
    guard.ref();
    guard.stdin.end();
    await guardEnd;
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const server = await startEmbeddedPostgres({
      directory,
      durable: false,
      maxConnections: MAX_CONNECTIONS,
    });
    return {
      url: server.url,
      async stop() {
        try {
          return await stopAndKeep(server, directory, keptFolder);
        } finally {
          await end();
        }
      },
    };
  } catch (thrown) {
    await end();
    throw thrown;
  }
}

async function stopAndKeep(
  server: EmbeddedPostgres,
  directory: string,
  keptFolder: string | undefined,
): Promise<KeptServer | LostServer | undefined> {
  try {
    const databases = await listKept(server.url).finally(() => server.stop());
    if (databases.length === 0) return undefined;
    return { directory: await keepServer(directory, keptFolder), databases };
  } catch (thrown) {
    // How the tests ended is worth more than what they left.
    return { problem: toError(thrown).message };
  }
}

/** What whoever looks into failed tests is told, line by line. */
export function describeKept(stopped: KeptServer | LostServer): string[] {
  if ('problem' in stopped) return [`What failed tests may have left could not be kept: ${stopped.problem}`];
  const { directory, databases } = stopped;
  const count =
    databases.length === 1
      ? 'The database of a failed test is'
      : `${databases.length} databases of failed tests are`;
  return [
    `${count} kept in ${directory}:`,
    ...databases.map(({ name, title }) => `  ${name}  ${title}`),
    `Open: pnpm test:open ${directory}   (starts their server and prints where to connect)`,
  ];
}
