import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { programArguments } from '@bachata-buddy/platform/testkit';
import { ROOT_DIRECTORY } from '../../paths.ts';

/** By app, the program that is the app. */
const PROGRAMS = { api: 'server', ingest: 'main' } as const;
const SOURCES = { api: 'apps/api/src/server.ts', ingest: 'apps/ingest/src/main.ts' } as const;

export interface StartOptions {
  readonly args?: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** What becomes of its output. Default: nothing. */
  readonly stdout?: 'ignore' | 'pipe';
}

/** Starts one of the project's apps. */
export type StartProgram = (app: keyof typeof PROGRAMS, options: StartOptions) => ChildProcess;

/** The apps of a folder of built ones, as images hold them. */
export function programsOf(builtDirectory: string): StartProgram {
  return (app, options) =>
    startNode([join(builtDirectory, app, `${PROGRAMS[app]}.js`)], builtDirectory, options);
}

/** The apps as commands and other tests run them: compiled once and kept. */
export const keptPrograms: StartProgram = (app, options) =>
  startNode(programArguments(SOURCES[app]), ROOT_DIRECTORY, options);

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
