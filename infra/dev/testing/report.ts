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

const FILE_RESULT = /^(not )?ok \d+ - (\S+)(?: # time=([\d.]+)ms)?/;

/** Reads the TAP of a run of test files, one top-level test point a file, and shows what people want to see of it. */
export async function reportRun(
  tap: NodeJS.ReadableStream,
  { say, isVerbose }: ReportOptions,
): Promise<RunReport> {
  let totals = '';
  let heldLines: string[] = [];
  let failedFiles = 0;
  const files: FileReport[] = [];
  for await (const line of createInterface({ input: tap })) {
    totals = /^# \{ (.*) \}$/.exec(line)?.[1] ?? totals;
    const [isResult, isFailure, file = '', timeMs] = FILE_RESULT.exec(line) ?? [];
    if (isFailure !== undefined) failedFiles += 1;
    if (isResult !== undefined) files.push({ file, durationSec: Number(timeMs ?? 0) / 1_000 });
    if (isVerbose) say(line);
    else if (isResult === undefined) heldLines.push(line);
    else {
      if (isFailure !== undefined) say(heldLines.join('\n'));
      say(line.replace(/ok \d+ - /, 'ok ').replace(' {', ''));
      heldLines = [];
    }
  }
  const numberOf = (name: string): number => Number(new RegExp(`\\b${name}: (\\d+)`).exec(totals)?.[1] ?? 0);
  return {
    passed: numberOf('pass'),
    // One that was killed or hung may have no assertion that failed.
    failed: Math.max(numberOf('fail'), failedFiles),
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
