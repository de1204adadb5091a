import type { Readable } from 'node:stream';
import { type ExecaError, execa, type Result } from 'execa';
import { limitedProgram, type ProgramLimits } from './limited-program.ts';
import { makeTextTail } from './text-tail.ts';
import { toolEnvironment } from './tool-environment.ts';

/** How long a program may take to end by itself after SIGTERM before SIGKILL follows. */
const FORCE_KILL_AFTER_MS = 3_000;

const STDERR_TAIL_CHARACTERS = 16_000;

/** What to run; without limits it may take what there is. */
export interface ToolRun extends ProgramLimits {
  readonly file: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly stdin?: Readable | Uint8Array | undefined;
  readonly cwd?: string | undefined;
  /** Gets standard output as it comes. Without it standard output is discarded. Throwing stops the program. */
  readonly onStdout?: ((chunk: Uint8Array) => void) | undefined;
  /** Default 3 s. */
  readonly forceKillAfterMs?: number | undefined;
}

/** How a program ended. A cancelled, timed-out or failed run is a result here, not an exception. */
export interface ToolResult {
  /** Undefined where a signal ended the program or it never started. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  /** SIGTERM was not enough. */
  readonly forceKilled: boolean;
  /** The last 16,000 characters of standard error. */
  readonly stderrTail: string;
  /** Why the program did not start, or what `onStdout` threw. */
  readonly failure: Error | undefined;
  readonly elapsedMs: number;
}

const NEVER_BEGUN: ToolResult = {
  exitCode: undefined,
  signal: undefined,
  timedOut: false,
  cancelled: true,
  forceKilled: false,
  stderrTail: '',
  failure: undefined,
  elapsedMs: 0,
};

/** Runs one program to its end without a shell, with bounded memory for what it prints. Never rejects. */
export async function runTool(run: ToolRun): Promise<ToolResult> {
  if (run.signal?.aborted === true) return NEVER_BEGUN;
  const startedAt = performance.now();
  const tail = makeTextTail(STDERR_TAIL_CHARACTERS);
  const stop = new AbortController();
  const cancelSignal = run.signal === undefined ? stop.signal : AbortSignal.any([run.signal, stop.signal]);
  let outputFailure: Error | undefined;
  const program = limitedProgram(run.file, run.args, run);
  const subprocess = execa(program.file, program.args, {
    cwd: run.cwd ?? process.cwd(),
    env: toolEnvironment(process.env),
    extendEnv: false,
    cancelSignal,
    timeout: run.timeoutMs,
    forceKillAfterDelay: run.forceKillAfterMs ?? FORCE_KILL_AFTER_MS,
    ...(run.stdin === undefined ? { stdin: 'ignore' as const } : { input: run.stdin }),
    stdout: run.onStdout === undefined ? 'ignore' : 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    encoding: 'buffer',
  });
  subprocess.stderr?.on('data', (chunk: Uint8Array) => tail.append(chunk));
  subprocess.stdout?.on('data', (chunk: Uint8Array) => {
    if (outputFailure !== undefined) return;
    try {
      run.onStdout?.(chunk);
    } catch (thrown) {
      outputFailure = thrown instanceof Error ? thrown : new Error(String(thrown));
      stop.abort();
    }
  });
  const ended = await subprocess;
  return {
    ...describeEnd(ended, run.signal, outputFailure),
    stderrTail: tail.text(),
    elapsedMs: performance.now() - startedAt,
  };
}

function describeEnd(
  ended: Result | ExecaError,
  signal: AbortSignal | undefined,
  outputFailure: Error | undefined,
): Omit<ToolResult, 'stderrTail' | 'elapsedMs'> {
  const neverStarted = ended.failed && ended.exitCode === undefined && ended.signal === undefined;
  const cancelled =
    signal?.aborted === true && ended.failed && !ended.timedOut && outputFailure === undefined;
  return {
    exitCode: ended.exitCode,
    signal: ended.signal,
    timedOut: ended.timedOut,
    cancelled,
    forceKilled: ended.isForcefullyTerminated,
    failure:
      outputFailure ?? (neverStarted && !cancelled && !ended.timedOut ? toStartFailure(ended) : undefined),
  };
}

function toStartFailure(ended: Result | ExecaError): Error {
  const cause = 'cause' in ended ? ended.cause : undefined;
  return cause instanceof Error ? cause : new Error('The program did not start');
}
