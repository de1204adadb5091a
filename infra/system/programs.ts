import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** By app, the program that is the app. */
const PROGRAMS = { api: 'server', ingest: 'main' } as const;

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
  return (app, { args = [], environment, stdout = 'ignore' }) => {
    const program = join(builtDirectory, app, `${PROGRAMS[app]}.js`);
    return spawn(process.execPath, [program, ...args], {
      cwd: builtDirectory,
      env: environment,
      stdio: ['ignore', stdout, 'inherit'],
    });
  };
}
