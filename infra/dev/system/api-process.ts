import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { StartProgram } from './programs.ts';

/** Far above what a start takes where many others compute. */
const READY_TIMEOUT_MS = 300_000;
const READY_POLL_MS = 50;

export interface ApiProcessOptions {
  readonly start: StartProgram;
  /** Without HOST and PORT. */
  readonly environment: NodeJS.ProcessEnv;
  /** Takes the lines of its log. Default: they are lost. */
  readonly onLogLine?: (line: string) => void;
}

/** The API as a process on a port of its own, which it keeps from one start to the next. */
export interface ApiProcess {
  readonly origin: string;
  /** Of the last start. @throws Error where there was none */
  child(): ChildProcess;
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** SIGTERM, and waits for its end; harmless where it has ended. */
  stop(): Promise<void>;
  /** The same with SIGKILL. */
  kill(): Promise<void>;
}

export async function makeApiProcess({
  start,
  environment,
  onLogLine,
}: ApiProcessOptions): Promise<ApiProcess> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  return {
    origin,
    child() {
      if (child === undefined) throw new Error('the API was never started');
      return child;
    },
    async start() {
      child = start('api', {
        environment: { ...environment, HOST: '127.0.0.1', PORT: String(port) },
        stdout: onLogLine === undefined ? 'ignore' : 'pipe',
      });
      if (onLogLine !== undefined && child.stdout !== null)
        createInterface({ input: child.stdout }).on('line', onLogLine);
      await untilReady(child, origin);
    },
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function untilReady(api: ChildProcess, origin: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline && !hasEnded(api)) {
    const isReady = await fetch(`${origin}/api/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(READY_POLL_MS);
  }
  await end(api, 'SIGKILL');
  throw new Error('the API did not become ready');
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || hasEnded(child)) return;
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;
