import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { apiError } from '../errors.ts';
import type { JobLauncher, LaunchOutcome } from './job-launcher.ts';

/** The job's word for "failed, and the task says why". */
const EXIT_PERMANENT = 2;
const STDERR_TAIL_LENGTH = 2_000;
const MAX_DURATION_MS = 30 * 60_000;

export interface LocalProcessLauncherOptions {
  /** The program, its arguments, and the file that must be there for it to work. */
  readonly command: { readonly file: string; readonly args: readonly string[]; readonly entryPath: string };
  readonly cwd: string;
  /** The child's whole environment, but for TASK_ID, USER_ID, TRACEPARENT and JOB_STOP_ON_STDIN_END. */
  readonly environment: Readonly<Record<string, string>>;
  /** Jobs at once. */
  readonly capacity: number;
  /** In all, after which a job is asked to stop. Default half an hour: three times what the cloud allows. */
  readonly maxDurationMs?: number;
  /** Between asking a job to stop and killing it. Default 5 s. */
  readonly graceMs?: number;
  /** Takes the job's own log lines. */
  readonly onOutputLine: (line: string) => void;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Runs each job as a child process. A job holds the reading end of a pipe from this process and stops when it
 * closes, so that the end of this process, however sudden, is the end of its jobs too. Each job leads a process
 * group, so that what it started can be killed with it, and Ctrl-C reaches it only through this process.
 */
export function makeLocalProcessLauncher(options: LocalProcessLauncherOptions): JobLauncher {
  return {
    capacity: options.capacity,
    async assertReady() {
      try {
        await access(options.command.entryPath, constants.R_OK);
      } catch (thrown) {
        throw apiError('LAUNCH_NO_JOB', 'The rendering program is not installed.', { cause: thrown });
      }
    },
    launch({ taskId, userId, traceparent, signal }) {
      if (signal.aborted) return Promise.resolve({ kind: 'interrupted', reason: 'stopped before it began' });
      const child = spawn(options.command.file, options.command.args, {
        cwd: options.cwd,
        env: {
          ...options.environment,
          TASK_ID: taskId,
          USER_ID: String(userId),
          JOB_STOP_ON_STDIN_END: '1',
          ...(traceparent === undefined ? {} : { TRACEPARENT: traceparent }),
        },
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
      });
      return watch(child, signal, options);
    },
  };
}

function watch(
  child: Child,
  signal: AbortSignal,
  { onOutputLine, graceMs = 5_000, maxDurationMs = MAX_DURATION_MS }: LocalProcessLauncherOptions,
): Promise<LaunchOutcome> {
  let killTimer: NodeJS.Timeout | undefined;
  let stderrTail = '';
  const stop = (): void => {
    child.kill('SIGTERM');
    child.stdin.end();
    killTimer = setTimeout(() => killGroup(child), graceMs);
  };
  // A job that has just ended cannot be told anything any more, which is no error.
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', onOutputLine);
  createInterface({ input: child.stderr }).on('line', (line) => {
    stderrTail = `${stderrTail}${line}\n`.slice(-STDERR_TAIL_LENGTH);
    onOutputLine(line);
  });
  signal.addEventListener('abort', stop, { once: true });
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    stop();
  }, maxDurationMs);
  return new Promise((resolve) => {
    const settle = (outcome: LaunchOutcome): void => {
      clearTimeout(killTimer);
      clearTimeout(limit);
      signal.removeEventListener('abort', stop);
      resolve(outcome);
    };
    child.once('error', () => {
      settle({
        kind: 'failed',
        reason: 'Job submission failed: The rendering program could not be started.',
      });
    });
    child.once('exit', (exitCode, exitSignal) => {
      if (exitCode !== 0) killGroup(child);
      const late = `stopped after ${Math.round(maxDurationMs / 1_000)} s, the limit of a job`;
      settle(
        isLate && exitCode !== 0
          ? { kind: 'interrupted', reason: late }
          : outcomeOf(exitCode, exitSignal, stderrTail),
      );
    });
  });
}

function outcomeOf(
  exitCode: number | null,
  signal: NodeJS.Signals | null,
  stderrTail: string,
): LaunchOutcome {
  if (exitCode === 0) return { kind: 'finished' };
  if (exitCode === EXIT_PERMANENT) return { kind: 'failed', reason: 'The rendering job failed.' };
  const ending = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
  return { kind: 'interrupted', reason: stderrTail === '' ? ending : `${ending}: ${stderrTail.trim()}` };
}

/** The job and everything it started. */
function killGroup(child: Child): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}
