import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process for good: its number alone is given to another one after its end. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever form the system tells; empty where it does not. */
  readonly startedAt: string;
}

/** Whether a process of that number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false; // To kill(2), 0 and less mean groups of processes.
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** This process, or the one of that number. */
export async function identityOf(pid: number = process.pid): Promise<ProcessIdentity> {
  return { pid, startedAt: await startOf(pid) };
}

/** What was noted of a process in a file, or null where a crash or a full disk cut the file short. */
export function parseIdentity(text: string): ProcessIdentity | null {
  try {
    const { pid, startedAt } = JSON.parse(text) as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : null;
  } catch {
    return null;
  }
}

/** Whether that very process still runs. */
export async function isStillRunning({ pid, startedAt }: ProcessIdentity): Promise<boolean> {
  return isAlive(pid) && (await startOf(pid)) === startedAt;
}

async function startOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return askPs(pid, 'lstart=');
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'latin1');
    // Field 22, counted behind the name, which may hold spaces and brackets: proc_pid_stat(5).
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return ''; // It has ended.
  }
}

/** The command line of a process, or an empty text where there is none to be seen. */
export async function commandLineOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return askPs(pid, 'command=');
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch {
    return ''; // It has ended.
  }
}

async function askPs(pid: number, column: string): Promise<string> {
  try {
    return (await run('ps', ['-ww', '-o', column, '-p', String(pid)])).stdout.trim();
  } catch {
    return ''; // ps fails for a process that has ended.
  }
}
