import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countOtherClients, ensureDatabase, serverUrl, withAdminClient } from './admin-client.ts';
import { findBinaries } from './binaries.ts';
import { embeddedError } from './embedded-error.ts';
import { initialise } from './initialise.ts';
import { countLeases, takeLease } from './leases.ts';
import { withLockFile } from './lock-file.ts';
import { chooseServerAccount } from './server-account.ts';
import { prepareDirectory, type ServerFiles, serverFiles, writeSettings } from './server-files.ts';
import { findRunningServer, launchServer, stopServer } from './server-process.ts';

const DATABASE_NAME = 'bachata_buddy';
const DEFAULT_MAX_CONNECTIONS = 100;
/** A pool that was just closed takes a moment to leave the server's list. */
const CLIENTS_LEAVE_MS = 2_000;
const POLL_MS = 25;

export interface StartEmbeddedOptions {
  /** Where the server keeps its files, e.g. `.data`; made where it is missing. */
  readonly directory: string;
  /** False gives up safety against power cuts for speed; for tests. Default true. */
  readonly durable?: boolean;
  /** Default 100. */
  readonly maxConnections?: number;
  /** Told what is going on, in sentences for people. */
  readonly onMessage?: (message: string) => void;
}

export interface EmbeddedPostgres {
  /** Of the database `bachata_buddy`; holds the password. */
  readonly url: string;
  /** False where the server was running before. */
  readonly startedHere: boolean;
  /** See {@link startEmbeddedPostgres}. Close your own pools first. Calling it twice is harmless. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL server for this machine alone: 127.0.0.1, a free port (kept from start to start), a random
 * password. The first start makes its files under `<directory>/postgres`.
 *
 * One directory has one server, shared by all processes that ask for it: whoever comes first starts it, whoever
 * leaves last stops it, whether or not it was the one that started it. It is left running as long as any client
 * is still connected. A process that dies without `stop` counts as gone; the server it leaves is used by the
 * next start and stopped by its `stop`. A server that died itself is started again and recovers.
 *
 * @throws AppError `DB_EMBEDDED_UNAVAILABLE`, `DB_EMBEDDED_AS_ROOT`, `DB_EMBEDDED_NOT_WRITABLE`,
 *   `DB_EMBEDDED_DISK_FULL`, `DB_EMBEDDED_STATE_LOST`, `DB_EMBEDDED_BUSY`, `DB_EMBEDDED_FAILED`
 */
export async function startEmbeddedPostgres({
  directory,
  durable = true,
  maxConnections = DEFAULT_MAX_CONNECTIONS,
  onMessage = () => {},
}: StartEmbeddedOptions): Promise<EmbeddedPostgres> {
  const root = path.resolve(directory);
  const files = serverFiles(root);
  try {
    await prepareDirectory(root);
    const binaries = await findBinaries();
    return await withLockFile(files.lock, async () => {
      const account = await chooseServerAccount(root, binaries);
      let settings = await initialise({ files, binaries, account, durable });
      const runningPort = await findRunningServer(files, settings);
      const port =
        runningPort ?? (await launchServer({ files, binaries, account, settings, durable, maxConnections }));
      if (port !== settings.port) {
        settings = { ...settings, port };
        await writeSettings(files.settings, settings);
      }
      const adminUrl = serverUrl(settings, 'postgres');
      await withAdminClient(adminUrl, (client) => ensureDatabase(client, DATABASE_NAME));
      const lease = await takeLease(files.leases);
      onMessage(
        runningPort === null ? 'PostgreSQL is started' : 'PostgreSQL was running already and is shared',
      );
      let stopping: Promise<void> | undefined;
      return {
        url: serverUrl(settings, DATABASE_NAME),
        startedHere: runningPort === null,
        stop() {
          stopping ??= leave({ files, lease, adminUrl, onMessage });
          return stopping;
        },
      };
    });
  } catch (thrown) {
    throw embeddedError(thrown);
  }
}

interface LeaveOptions {
  readonly files: ServerFiles;
  readonly lease: string;
  readonly adminUrl: string;
  readonly onMessage: (message: string) => void;
}

/** Gives the lease back and, as the last one, stops the server. */
function leave({ files, lease, adminUrl, onMessage }: LeaveOptions): Promise<void> {
  return withLockFile(files.lock, async () => {
    await rm(lease, { force: true });
    if ((await countLeases(files.leases)) > 0) {
      onMessage('PostgreSQL goes on: another program uses it');
      return;
    }
    const clients = await waitForClientsToLeave(adminUrl);
    if (clients > 0) {
      onMessage(`PostgreSQL goes on: ${clients} client(s) are still connected`);
      return;
    }
    await stopServer(files);
    onMessage('PostgreSQL is stopped');
  });
}

/** How many are still connected after a short while; 0 where the server has died. */
async function waitForClientsToLeave(adminUrl: string): Promise<number> {
  const deadline = Date.now() + CLIENTS_LEAVE_MS;
  try {
    return await withAdminClient(adminUrl, async (client) => {
      for (;;) {
        const count = await countOtherClients(client);
        if (count === 0 || Date.now() > deadline) return count;
        await sleep(POLL_MS);
      }
    });
  } catch {
    return 0; // Nobody can be connected to a server that does not answer.
  }
}
