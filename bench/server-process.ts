import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../infra/dev/system/free-port.ts';
import { infraError } from '../infra/errors.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const READY_TIMEOUT_MS = 60_000;
const PROBE = ['--import', './bench/planning/event-loop-probe.mjs'];

export interface ServerProcess {
  readonly origin: string;
  /** How long its event loop was held at most since this was asked the last time; only of one that is probed. */
  longestHoldMs(): Promise<number>;
  stop(): Promise<void>;
}

export interface ServerProgram {
  /** From the project's root. */
  readonly script: string;
  /** Beside `HOST` and `PORT`, which name a free one. */
  readonly environment: NodeJS.ProcessEnv;
  /** Answers with success once the server serves. */
  readonly readyPath: string;
  /** Whether its event loop is watched. */
  readonly isProbed?: boolean;
}

/** Starts a server of TypeScript as a process of its own and waits until it serves; what it logs goes nowhere. */
export async function startServer({
  script,
  environment,
  readyPath,
  isProbed = false,
}: ServerProgram): Promise<ServerProcess> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [...(isProbed ? PROBE : []), 'infra/build/run-program.mjs', script], {
    cwd: ROOT,
    env: { ...environment, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit', ...(isProbed ? ['ipc' as const] : [])],
  });
  const stop = () => stopChild(child);
  try {
    await untilReady(child, new URL(readyPath, origin));
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return { origin, stop, longestHoldMs: () => askProbe(child) };
}

async function askProbe(child: ChildProcess): Promise<number> {
  if (!child.connected) throw infraError('BENCH_FAILED', 'The server is not probed, or has ended.');
  const answered = once(child, 'message');
  child.send('how long?');
  const [{ longestMs }] = (await answered) as [{ longestMs: number }];
  return longestMs;
}

async function untilReady(child: ChildProcess, address: URL): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const isReady = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(50);
  }
  throw infraError('BENCH_FAILED', `${address} did not become ready.`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
