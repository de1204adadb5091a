import { spawn } from 'node:child_process';
import { open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf, isAlive } from '@bachata-buddy/platform';
import { databaseErrorCode } from '../database-error.ts';
import { HOST, serverUrl, withAdminClient } from './admin-client.ts';
import type { Binaries } from './binaries.ts';
import { embeddedError } from './embedded-error.ts';
import { PROGRAM_ENVIRONMENT } from './initialise.ts';
import type { ServerAccount } from './server-account.ts';
import { postmasterFile, readPostmaster, type ServerFiles, type ServerSettings } from './server-files.ts';

const POLL_MS = 25;
/** After a crash the server replays its log before it takes connections. */
const READY_TIMEOUT_MS = 60_000;
/** The helpers of a server that was killed notice it within this time and let go of its memory. */
const LINGER_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 20_000;
const PORT_ATTEMPTS = 5;
const PORT_TAKEN_TEXT = /could not bind|could not create any TCP\/IP sockets/i;
const LINGERING_TEXT = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/i;

export interface LaunchOptions {
  readonly files: ServerFiles;
  readonly binaries: Binaries;
  readonly account: ServerAccount;
  readonly settings: ServerSettings;
  readonly durable: boolean;
  readonly maxConnections: number;
}

/** The port of this data directory's server, once it takes connections; null where none runs. */
export async function findRunningServer(
  { data }: ServerFiles,
  settings: ServerSettings,
): Promise<number | null> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const postmaster = await readPostmaster(data);
    if (postmaster === null || !isAlive(postmaster.pid)) return null;
    if (!(await commandLineOf(postmaster.pid)).includes(data)) {
      // The machine went down, and the number belongs to another process now.
      await rm(postmasterFile(data), { force: true });
      return null;
    }
    if (await takesConnections({ ...settings, port: postmaster.port })) return postmaster.port;
    if (Date.now() > deadline) throw embeddedError(new Error('The running server takes no connections'));
    await sleep(POLL_MS);
  }
}

async function takesConnections(settings: ServerSettings): Promise<boolean> {
  if (!(settings.port > 0)) return false; // Not written yet.
  try {
    await withAdminClient(serverUrl(settings, 'postgres'), (client) => client.query('select 1'));
    return true;
  } catch (thrown) {
    // Password refused: it is our server, but not our password, and waiting does not help.
    if (databaseErrorCode(thrown)?.startsWith('28')) throw embeddedError(thrown);
    return false;
  }
}

/**
 * Starts the server and waits until it takes connections; it goes on when this process ends.
 *
 * @returns its port: that of the settings, or a free one where that is taken
 */
export async function launchServer(options: LaunchOptions): Promise<number> {
  const lingerDeadline = Date.now() + LINGER_TIMEOUT_MS;
  let port = options.settings.port || (await freePort());
  for (let portAttempts = 1; ; ) {
    const output = await tryLaunch({ ...options, settings: { ...options.settings, port } });
    if (output === null) return port;
    if (PORT_TAKEN_TEXT.test(output) && portAttempts < PORT_ATTEMPTS) {
      portAttempts += 1;
      port = await freePort();
    } else if (LINGERING_TEXT.test(output) && Date.now() < lingerDeadline) {
      await sleep(POLL_MS * 8);
    } else {
      throw embeddedError(new Error('The server ended while it was starting'), output);
    }
  }
}

/** Null when the server is ready, or what it said before it ended. */
async function tryLaunch(options: LaunchOptions): Promise<string | null> {
  const { files, binaries, account, settings } = options;
  const command = account.command(binaries.postgres, ['-D', files.data, ...serverParameters(options)]);
  const log = await open(files.log, 'w', 0o600);
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: '/',
    env: PROGRAM_ENVIRONMENT,
    // A session of its own: Ctrl-C in the terminal is for the programs that use it, which then stop it in order.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let end: Error | undefined;
  child.once('error', (error) => {
    end = error;
  });
  child.once('exit', (code, signal) => {
    end ??= new Error(`The server ended (${signal ?? `exit code ${code}`})`);
  });
  child.unref();
  await log.close();
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await takesConnectionsOf(child.pid, options, settings))) {
    if (end !== undefined) return (await readFile(files.log, 'utf8')) || end.message;
    if (Date.now() > deadline) throw embeddedError(new Error('The server did not become ready'));
    await sleep(POLL_MS);
  }
  return null;
}

/** Whether that very process is the one that answers, and not another one on the same port. */
async function takesConnectionsOf(
  pid: number | undefined,
  { files }: LaunchOptions,
  settings: ServerSettings,
): Promise<boolean> {
  const postmaster = await readPostmaster(files.data);
  return postmaster?.pid === pid && postmaster?.port === settings.port && takesConnections(settings);
}

/** What no power cut may meet: nothing waits for the disk, and no work is done ahead. */
const FAST_PARAMETERS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '8GB',
  wal_init_zero: 'off',
  checkpoint_timeout: '1d',
};

function serverParameters({ settings, durable, maxConnections }: LaunchOptions): string[] {
  const parameters = {
    listen_addresses: HOST,
    port: settings.port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    ...(durable ? {} : FAST_PARAMETERS),
  };
  return Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Ends the server: open transactions are rolled back, connections closed, everything written to disk. */
export async function stopServer({ data }: ServerFiles): Promise<void> {
  const postmaster = await readPostmaster(data);
  if (postmaster === null) return;
  const { pid } = postmaster;
  const isOurs = async () => (await commandLineOf(pid)).includes(data);
  // Fast shutdown first, immediate shutdown (as after a crash, but orderly) where that takes too long:
  // https://www.postgresql.org/docs/18/server-shutdown.html
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!(await isOurs())) return;
    process.kill(pid, signal);
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    while (Date.now() < deadline) {
      if (!(await isOurs())) return;
      await sleep(POLL_MS);
    }
  }
  throw embeddedError(new Error('The server does not end'));
}
