import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT_DIRECTORY } from '../commands/paths.ts';

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

/** The apps of a folder of built ones, as images hold them; without one, the sources. */
export function programsOf(builtDirectory: string | undefined): StartProgram {
  return (app, { args = [], environment, stdout = 'ignore' }) => {
    const program =
      builtDirectory === undefined
        ? ['--import', 'tsx', join(ROOT_DIRECTORY, 'apps', app, 'src', `${PROGRAMS[app]}.ts`)]
        : [join(builtDirectory, app, `${PROGRAMS[app]}.js`)];
    return spawn(process.execPath, [...program, ...args], {
      cwd: builtDirectory ?? ROOT_DIRECTORY,
      env: environment,
      stdio: ['ignore', stdout, 'inherit'],
    });
  };
}
