import { accessSync, constants } from 'node:fs';
import { isAbsolute } from 'node:path';

/** Sets the limit for itself, then becomes the program: its process id, signals and end are the program's own. */
const LIMIT_AND_RUN = 'ulimit -d "$1" 2>/dev/null; shift; exec "$@"';

/**
 * A program and its arguments, so that it may take that much memory of its own (heap, stacks, private mappings: what
 * Linux counts for RLIMIT_DATA since 4.7, unlike the address space without shared code). Unlimited on other systems.
 *
 * Source: getrlimit(2), POSIX `ulimit`.
 */
export function limitedProgram(
  file: string,
  args: readonly string[],
  memoryLimitBytes: number | undefined,
): { file: string; args: string[] } {
  const isLimited = memoryLimitBytes !== undefined && process.platform === 'linux' && isProgram(file);
  // One that is not there is then reported as such, not by the shell.
  if (!isLimited) return { file, args: [...args] };
  const kibibytes = String(Math.floor(memoryLimitBytes / 1024));
  return { file: '/bin/sh', args: ['-c', LIMIT_AND_RUN, 'sh', kibibytes, file, ...args] };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return isAbsolute(file);
  } catch {
    return false;
  }
}
