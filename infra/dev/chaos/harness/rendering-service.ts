import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { builtApps } from '../../system/built-apps.ts';
import { freePort } from '../../system/free-port.ts';
import { until } from '../support/wait-until.ts';
import type { RenderingScene } from './rendering-scene.ts';
import type { ScenarioContext } from './scenario.ts';

const KEPT_LINES = 100_000;

/** The real API, which launches the real job for every order and watches over it. */
export interface RenderingService {
  readonly origin: string;
  readonly pid: number;
  /** False once its process has ended, in whatever way. */
  readonly isRunning: () => boolean;
  /** The last lines of its log, and of its jobs'. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Starts the API as an image holds it; it sees the scene's database by way of the proxy, and so do its jobs. */
export async function startRenderingService(
  context: Pick<ScenarioContext, 'teardown'>,
  scene: Pick<RenderingScene, 'jobEnvironment'>,
  environment: Readonly<Record<string, string>> = {},
): Promise<RenderingService> {
  const directory = await builtApps('job', 'api');
  const port = await freePort();
  const child = spawn(process.execPath, [join(directory, 'api/server.js')], {
    cwd: directory,
    env: {
      ...scene.jobEnvironment,
      GCS_SIGNED_URLS: 'true',
      HOST: '127.0.0.1',
      PORT: String(port),
      JWT_SECRET: 'a-secret-of-this-machine-for-this-run-alone',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    });
  }
  const closed = once(child, 'close');
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<void> => {
    if (isRunning()) child.kill('SIGTERM');
    await closed;
  };
  context.teardown(stop);
  const origin = `http://127.0.0.1:${port}`;
  const isReady = async (): Promise<boolean> => {
    if (!isRunning()) throw new Error(`The API ended:\n${lines.join('\n')}`);
    return fetch(`${origin}/api/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await until('the API is ready', isReady, { pollMs: 100 });
  return { origin, pid: child.pid ?? 0, isRunning, lines, stop };
}
