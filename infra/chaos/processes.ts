import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of this machine, as /proc tells (Linux). */
export interface ProcessFacts {
  readonly pid: number;
  readonly groupId: number;
  readonly command: readonly string[];
  /** Memory that is in RAM, in kilobytes. */
  readonly residentKb: number;
}

/** Every process that can be seen now; one that ends meanwhile is left out. */
export async function listProcesses(): Promise<ProcessFacts[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map((pid) => readProcess(pid).catch(() => undefined)));
  return found.filter((facts) => facts !== undefined);
}

async function readProcess(pid: number): Promise<ProcessFacts> {
  const [stat, cmdline, status] = await Promise.all(
    ['stat', 'cmdline', 'status'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
  );
  // The name in brackets may hold anything; behind it come state, parent and group (proc(5)).
  const groupId = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
  const residentKb = Number(/^VmRSS:\s+(\d+) kB/m.exec(status ?? '')?.[1] ?? 0);
  return { pid, groupId, residentKb, command: (cmdline ?? '').split('\0').filter((part) => part !== '') };
}

/** Of a process group, those that have not ended. */
export async function processesOfGroup(groupId: number): Promise<ProcessFacts[]> {
  // One that has ended and was not waited for has no command any more.
  return (await listProcesses()).filter((facts) => facts.groupId === groupId && facts.command.length > 0);
}

export function isFfmpeg({ command }: ProcessFacts): boolean {
  return /^ff(mpeg|probe)$/.test(basename(command[0] ?? ''));
}

/** The process id of the job that works on a task: the only program that is given the task's id. */
export async function findJob(taskId: string): Promise<number | undefined> {
  for (const { pid, command } of await listProcesses()) {
    if (!command.some((part) => part.includes('job/main'))) continue;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (environment.split('\0').includes(`TASK_ID=${taskId}`)) return pid;
  }
  return undefined;
}

/** Waits until something is there. @throws Error when it is not in time */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 120_000, everyMs = 20 }: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1_000} s in vain: ${what}`);
    await sleep(everyMs);
  }
}

/** Sends a signal to a process, or (a negative id) to a group; nothing happens where it has ended. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}
