import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** A process of this machine, as /proc tells (Linux). */
export interface ProcessFacts {
  readonly pid: number;
  readonly command: readonly string[];
  /** Memory that is in RAM, in kilobytes. */
  readonly residentKb: number;
}

/** Of a process group, those that have not ended. */
export async function processesOfGroup(groupId: number): Promise<ProcessFacts[]> {
  const found = await Promise.all(
    (await listPids()).map(async (pid) => {
      return (await groupOf(pid)) === groupId ? readProcess(pid) : undefined;
    }),
  );
  // One that has ended and was not waited for has no command any more.
  return found.filter((facts) => facts !== undefined && facts.command.length > 0) as ProcessFacts[];
}

async function listPids(): Promise<number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
}

async function groupOf(pid: number): Promise<number> {
  const stat = await readOf(pid, 'stat');
  // The name in brackets may hold anything; behind it come state, parent and group (proc(5)).
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

async function readProcess(pid: number): Promise<ProcessFacts> {
  const status = await readOf(pid, 'status');
  const residentKb = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
  return { pid, residentKb, command: await commandOf(pid) };
}

async function commandOf(pid: number): Promise<string[]> {
  return (await readOf(pid, 'cmdline')).split('\0').filter((part) => part !== '');
}

/** Empty where the process has ended meanwhile, or is nobody else's business. */
function readOf(pid: number, name: string): Promise<string> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
}

export function isFfmpeg({ command }: ProcessFacts): boolean {
  return /^ff(mpeg|probe)$/.test(basename(command[0] ?? ''));
}

/** Those that a process has started and not waited for yet, which is less to read than the list of all. */
export async function childrenOf(pid: number): Promise<ProcessFacts[]> {
  const children = (await readOf(pid, `task/${pid}/children`)).split(' ').filter((text) => text !== '');
  return Promise.all(children.map((child) => readProcess(Number(child))));
}

/** The job that a service has started for a task: the only program that is given the task's id. */
export async function findJob(servicePid: number, taskId: string): Promise<number | undefined> {
  for (const { pid } of await childrenOf(servicePid)) {
    if ((await readOf(pid, 'environ')).split('\0').includes(`TASK_ID=${taskId}`)) return pid;
  }
  return undefined;
}

/** Sends a signal to a process, or (a negative id) to a group; nothing happens where it has ended. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}
