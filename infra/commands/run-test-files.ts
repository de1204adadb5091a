import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { ROOT_DIRECTORY } from './paths.ts';

/** Far above what any file takes on a slow machine; what hangs ends here, reported as a failure. */
const FILE_TIMEOUT_SEC = 1_200;

/** The whole system first: these files take longest, and the short ones fill the time beside them. */
const ROOMS = ['infra', 'apps', 'packages'];

/** The test files of every room, as paths from the project's root. */
async function findTestFiles(): Promise<string[]> {
  const files: string[] = [];
  for (const room of ROOMS) {
    const found = await readdir(join(ROOT_DIRECTORY, room), { recursive: true });
    files.push(
      ...found
        .filter((path) => path.endsWith('.test.ts') && !path.includes('node_modules'))
        .map((path) => join(room, path))
        .sort(),
    );
  }
  return files;
}

/**
 * Each file in a process of its own, compiled by tsx: tap's own compiler costs over a second a file. One more at a
 * time than there are cores, since many tests wait for a server or a clock.
 */
async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const files = asked.length > 0 ? asked : await findTestFiles();
  t.jobs = asked.length > 0 ? 1 : availableParallelism() + 1;
  t.setTimeout(0);
  // What each file's own tap reads; without it every test ends after 30 s.
  process.env.TAP_TIMEOUT = String(FILE_TIMEOUT_SEC);
  for (const file of files) {
    const options = { buffered: t.jobs > 1, cwd: ROOT_DIRECTORY, timeout: FILE_TIMEOUT_SEC * 1_000 };
    void t.spawn(process.execPath, ['--import', 'tsx', file], options, file);
  }
}

await main();
