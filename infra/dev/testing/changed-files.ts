import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { usageError } from '@bachata-buddy/platform';
import { ROOT_DIRECTORY } from '../../paths.ts';

/**
 * The files that differ from a revision, what is not committed and what is new included, as paths from the root.
 *
 * @throws AppError `USAGE` where there is no such revision
 */
export async function changedFiles(revision: string): Promise<string[]> {
  const changed = await git(['diff', '--name-only', '--no-renames', '-z', revision, '--']);
  const added = await git(['ls-files', '--others', '--exclude-standard', '-z']);
  return [...new Set([...changed, ...added])].sort();
}

async function git(args: readonly string[]): Promise<string[]> {
  try {
    const { stdout } = await promisify(execFile)('git', [...args], {
      cwd: ROOT_DIRECTORY,
      maxBuffer: 1 << 26,
    });
    return stdout.split('\0').filter((path) => path !== '');
  } catch (cause) {
    throw usageError(`git cannot tell what changed since ${args.at(-2)}.`, cause);
  }
}
