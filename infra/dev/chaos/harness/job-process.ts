import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { builtApps } from '../../system/built-apps.ts';
import { signalProcess } from '../support/processes.ts';
import type { ScenarioContext } from './scenario.ts';

export interface JobEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** All that it printed. */
  readonly output: string;
}

/** A rendering job that leads a process group, as the API and containers start it. */
export interface JobProcess {
  /** Of the process, and of its group. */
  readonly pid: number;
  readonly ended: Promise<JobEnd>;
}

/** Starts the real program, as images hold it. Whatever is left of its group ends with the scenario. */
export async function startJob(
  context: Pick<ScenarioContext, 'teardown'>,
  environment: Readonly<Record<string, string>>,
): Promise<JobProcess> {
  const directory = await builtApps('job');
  const child: ChildProcess = spawn(process.execPath, [join(directory, 'job/main.js')], {
    cwd: directory,
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The rendering program could not be started');
  context.teardown(() => signalProcess(-pid, 'SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = once(child, 'close').then(([exitCode, signal]): JobEnd => ({ exitCode, signal, output }));
  return { pid, ended };
}
