import { createInterface } from 'node:readline';

/** What a run of test files came to. */
export interface RunReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly files: readonly FileReport[];
}

export interface FileReport {
  readonly file: string;
  readonly durationSec: number;
}

export interface ReportOptions {
  readonly say: (line: string) => void;
  /** Everything that files print, as it comes; else one line a file, and all of it where one failed. */
  readonly isVerbose: boolean;
}

/** Of a file, which is alone in its process or, further in, one of several; and of such a process. */
const RESULT = /^(?: {4}(?=.*\.test\.ts\b))?(not )?ok \d+ - (\S+\.test\.ts)?(?:.*# time=([\d.]+)ms)?/;

interface Result {
  /** Undefined where it is that of a process. */
  readonly file: string | undefined;
  readonly isAlone: boolean;
  readonly hasFailed: boolean;
  readonly durationSec: number;
}

function resultOf(line: string): Result | undefined {
  const match = RESULT.exec(line);
  if (match === null) return undefined;
  const [, notOk, file, timeMs] = match;
  const isAlone = !line.startsWith(' ');
  return { file, isAlone, hasFailed: notOk !== undefined, durationSec: Number(timeMs ?? 0) / 1_000 };
}

/** Reads the TAP of a run of test files, and shows what people want to see of it. */
export async function reportRun(
  tap: NodeJS.ReadableStream,
  { say, isVerbose }: ReportOptions,
): Promise<RunReport> {
  let totals = '';
  let heldLines: string[] = [];
  let failedCount = 0;
  let isExplained = false;
  const files: FileReport[] = [];
  for await (const line of createInterface({ input: tap })) {
    totals = /^# \{ (.*) \}$/.exec(line)?.[1] ?? totals;
    if (isVerbose) say(line);
    const result = resultOf(line);
    if (result === undefined) {
      if (!isVerbose) heldLines.push(line);
      continue;
    }
    const { file, isAlone, hasFailed, durationSec } = result;
    if (file !== undefined) files.push({ file, durationSec });
    // A process fails with one of its files, or because it ended before all of them had run.
    const isNews = file !== undefined || (hasFailed && !isExplained);
    isExplained = !isAlone && (isExplained || hasFailed);
    if (isNews && hasFailed) failedCount += 1;
    if (isNews && !isVerbose) {
      if (hasFailed) say(heldLines.join('\n'));
      say(
        line
          .trimStart()
          .replace(/ok \d+ - /, 'ok ')
          .replace(' {', ''),
      );
    }
    heldLines = [];
  }
  const numberOf = (name: string): number => Number(new RegExp(`\\b${name}: (\\d+)`).exec(totals)?.[1] ?? 0);
  return {
    passed: numberOf('pass'),
    // One that was killed or hung may have no assertion that failed.
    failed: Math.max(numberOf('fail'), failedCount),
    skipped: numberOf('skip') + numberOf('todo'),
    files,
  };
}

/** The files that took longest, the longest first, a line each. */
export function slowestFiles(files: readonly FileReport[], count: number): string[] {
  return [...files]
    .sort((a, b) => b.durationSec - a.durationSec)
    .slice(0, count)
    .map(({ file, durationSec }) => `${durationSec.toFixed(1).padStart(7)} s  ${file}`);
}

/** A process of test files, with all that it started and waited for. */
export interface ProcessReport {
  /** The file that ran in it, or the first of them. */
  readonly name: string;
  /** Undefined where the system does not tell. */
  readonly cpuSec?: number;
}

/** What the runner tells when a process has ended. */
export function isProcessReport(message: unknown): message is ProcessReport {
  return typeof message === 'object' && message !== null && 'name' in message && 'cpuSec' in message;
}

/** The processes that took most processor time, the one that took most first, a line each. */
export function busiestProcesses(processes: readonly ProcessReport[], count: number): string[] {
  return [...processes]
    .sort((a, b) => (b.cpuSec ?? 0) - (a.cpuSec ?? 0))
    .slice(0, count)
    .map(({ name, cpuSec = 0 }) => `${cpuSec.toFixed(1).padStart(7)} s  ${name}`);
}
