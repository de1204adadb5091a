import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOfGroup } from '../infra/dev/chaos/support/processes.ts';
import { infraError } from '../infra/errors.ts';

const SAMPLE_EVERY_MS = 20;
/** proc(5): what /proc counts times in, on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

export interface CommandUsage {
  /** User and system time of all its processes. */
  readonly cpuSec: number;
  readonly wallSec: number;
  /** Resident memory of all its processes together, at most; pages that they share count for each. */
  readonly peakMegabytes: number;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs a command to its end and says what it took. Linux.
 *
 * @throws AppError `BENCH` where it fails
 */
export async function measureCommand({ file, args, cwd, environment }: Command): Promise<CommandUsage> {
  const cpuBefore = await childrenCpuSec();
  const start = performance.now();
  const child = spawn(file, [...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: so all that it starts can be told from everything else.
    detached: true,
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2_000);
  });
  const ended = once(child, 'close');
  const peakMegabytes = await watchMemory(child.pid!, ended);
  const [exitCode] = await ended;
  if (exitCode !== 0) {
    throw infraError(
      'BENCH_FAILED',
      `${file} ${args.join(' ')} ended with exit code ${exitCode}: ${complaint}`,
    );
  }
  const wallSec = (performance.now() - start) / 1_000;
  return { cpuSec: (await childrenCpuSec()) - cpuBefore, wallSec, peakMegabytes };
}

async function watchMemory(groupId: number, ended: Promise<unknown>): Promise<number> {
  let peakKb = 0;
  let hasEnded = false;
  void ended.finally(() => {
    hasEnded = true;
  });
  while (!hasEnded) {
    const processes = await processesOfGroup(groupId);
    peakKb = Math.max(
      peakKb,
      processes.reduce((sum, { residentKb }) => sum + residentKb, 0),
    );
    await Promise.race([ended, sleep(SAMPLE_EVERY_MS)]);
  }
  return peakKb / 1_000;
}

/** What some work took: CPU seconds of this process, and of children that it started and that have ended. */
export async function cpuSecOf<T>(work: () => Promise<T>): Promise<{ result: T; cpuSec: number }> {
  const before = process.cpuUsage();
  const childrenBefore = await childrenCpuSec();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuSec: (user + system) / 1e6 + (await childrenCpuSec()) - childrenBefore };
}

/** Of all children of this process that have ended, and of theirs. */
async function childrenCpuSec(): Promise<number> {
  const stat = await readFile('/proc/self/stat', 'latin1');
  // Fields 16 and 17, counted behind the name, which may hold anything: proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}
