import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { programArguments } from '@bachata-buddy/platform/testkit';
import { ROOT_DIRECTORY } from '../../paths.ts';

/** Where each lies in a folder of built apps, and what it is made of. */
const PROGRAMS = {
  api: { built: 'api/server.js', source: 'apps/api/src/server.ts' },
  songs: { built: 'api/songs.js', source: 'apps/api/src/commands/songs.ts' },
  ingest: { built: 'ingest/main.js', source: 'apps/ingest/src/main.ts' },
} as const;

export type ProgramName = keyof typeof PROGRAMS;

export interface StartOptions {
  readonly args?: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** What becomes of its output. Default: nothing. */
  readonly stdout?: 'ignore' | 'pipe';
}

/** Starts one of the project's programs. */
export type StartProgram = (name: ProgramName, options: StartOptions) => ChildProcess;

/** The apps of a folder of built ones, as images hold them. */
export function programsOf(builtDirectory: string): StartProgram {
  return (name, options) => startNode([join(builtDirectory, PROGRAMS[name].built)], builtDirectory, options);
}

/** The apps as commands and other tests run them: compiled once and kept. */
export const keptPrograms: StartProgram = (name, options) =>
  startNode(programArguments(PROGRAMS[name].source), ROOT_DIRECTORY, options);

export interface ProgramRun {
  readonly exitCode: number | null;
  /** What it printed; what it says of errors goes where this process's own does. */
  readonly output: string;
}

/** Runs a program to its end. */
export async function runToEnd(child: ChildProcess): Promise<ProgramRun> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [exitCode] = await once(child, 'close');
  return { exitCode, output };
}

function startNode(
  program: readonly string[],
  cwd: string,
  { args = [], environment, stdout = 'ignore' }: StartOptions,
): ChildProcess {
  return spawn(process.execPath, [...program, ...args], {
    cwd,
    env: environment,
    stdio: ['ignore', stdout, 'inherit'],
  });
}
