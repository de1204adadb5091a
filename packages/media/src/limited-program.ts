import { accessSync, constants } from 'node:fs';
import { isAbsolute } from 'node:path';

/** Sets the limits for itself, then becomes the program: its process id, signals and end are the program's own. */
const LIMIT_AND_RUN =
  'test -z "$1" || ulimit -d "$1" 2>/dev/null; test -z "$2" || ulimit -S -t "$2" 2>/dev/null; shift 2; exec "$@"';

export interface ProgramLimits {
  /**
   * Memory of its own, in bytes: heap, stacks, private mappings, which is what Linux counts for RLIMIT_DATA since 4.7,
   * unlike the address space without shared code.
   */
  readonly memoryLimitBytes?: number | undefined;
  /** Whole seconds of processor time, of all its threads together: a program that takes more ends by SIGXCPU. */
  readonly processorLimitSec?: number | undefined;
}

/**
 * A program and its arguments, so that it may take no more than that. Unlimited on other systems than Linux.
 *
 * Source: getrlimit(2), POSIX `ulimit`.
 */
export function limitedProgram(
  file: string,
  args: readonly string[],
  { memoryLimitBytes, processorLimitSec }: ProgramLimits,
): { file: string; args: string[] } {
  const hasLimit = memoryLimitBytes !== undefined || processorLimitSec !== undefined;
  // One that is not there is then reported as such, not by the shell.
  if (!hasLimit || process.platform !== 'linux' || !isProgram(file)) return { file, args: [...args] };
  const kibibytes = memoryLimitBytes === undefined ? '' : String(Math.floor(memoryLimitBytes / 1024));
  const seconds = String(processorLimitSec ?? '');
  return { file: '/bin/sh', args: ['-c', LIMIT_AND_RUN, 'sh', kibibytes, seconds, file, ...args] };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return isAbsolute(file);
  } catch {
    return false;
  }
}
