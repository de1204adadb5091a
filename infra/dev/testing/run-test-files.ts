// Runs test files, each group of them (JSON: a list of lists) in a process of its own, and reports as TAP on standard output.
import { availableParallelism } from 'node:os';
import { programArguments } from '@bachata-buddy/platform/testkit';
import t from 'tap';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { GROUP_RUNNER } from './compile-tests.ts';
import { watchEndedChildren } from './cpu-time.ts';
import { isLong } from './test-files.ts';

/** Far above what any file takes on a busy machine; what hangs ends here, reported as a failure. */
const FILE_TIMEOUT_SEC = 300;
const LONG_FILE_TIMEOUT_SEC = 1_200;

/**
 * Gives a process back what NODE_OPTIONS was. tap adds a module to it, for every Node.js below: that counts what is run, branch
 * by branch, for a report on coverage that nobody asks for, and costs each of them two to three times its processor time.
 */
const { NODE_OPTIONS } = process.env;
const WITHOUT_COVERAGE =
  NODE_OPTIONS === undefined ? ['-u', 'NODE_OPTIONS'] : [`NODE_OPTIONS=${NODE_OPTIONS}`];

const groups: string[][] = JSON.parse(process.argv[2] ?? '[]');
// One more at a time than there are cores, since many tests wait for a server or a clock.
t.jobs = groups.length > 1 ? availableParallelism() + 1 : 1;
t.setTimeout(0);
const cpuSecOfEnded = watchEndedChildren();
for (const files of groups) {
  const [file = '', ...others] = files;
  const timeoutSec = isLong(file) ? LONG_FILE_TIMEOUT_SEC : FILE_TIMEOUT_SEC;
  // What each file's own tap reads; without it every test ends after 30 s.
  const env = { ...process.env, TAP_TIMEOUT: String(timeoutSec), TEST_GROUP: JSON.stringify(files) };
  const timeout = timeoutSec * files.length * 1_000;
  const options = { buffered: t.jobs > 1, cwd: ROOT_DIRECTORY, env, timeout };
  const program = programArguments(others.length === 0 ? file : GROUP_RUNNER);
  const name = others.length === 0 ? file : `a process for ${file} and ${others.length} others`;
  const node = [process.execPath, '--enable-source-maps', ...program];
  void t.spawn('env', [...WITHOUT_COVERAGE, ...node], options, name).then(() => {
    // To whoever started this run, beside the TAP.
    process.send?.({ name, cpuSec: cpuSecOfEnded() });
  });
}
