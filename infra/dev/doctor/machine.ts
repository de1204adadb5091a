import type { System } from './systems.ts';

/** What was found out about this machine; a text says why something is not as it should be. */
export interface Machine {
  readonly system: System;
  readonly isWsl: boolean;
  /** The project's root folder. */
  readonly root: string;
  readonly nodeVersion: string;
  /** Of the pnpm that runs this; undefined where another program does. */
  readonly pnpmVersion: string | undefined;
  readonly ffmpeg:
    | { readonly text: string; readonly encoders: readonly string[] }
    | { readonly problem: string };
  readonly postgres: { readonly text: string } | { readonly problem: string; readonly isOwnServer: boolean };
  /** By package, whether it can be loaded. */
  readonly nativePackages: Readonly<Record<string, boolean>>;
  readonly hasCompiler: boolean;
  readonly hasGit: boolean;
  readonly chromium: string | undefined;
  /** What is wrong with the model that sees poses in clips; undefined where nothing is. */
  readonly poseModelProblem: string | undefined;
  /** Folders in which files cannot be made. */
  readonly unwritable: readonly string[];
  readonly freeDiskBytes: number;
  /** Of /dev/shm, which PostgreSQL shares memory through on Linux; undefined elsewhere. */
  readonly sharedMemoryBytes: number | undefined;
  readonly isPortTaken: boolean;
  readonly canListen: boolean;
}
