// Runs the test files named, each in a process of its own, and reports as TAP on standard output.
import { availableParallelism } from 'node:os';
import { programArguments } from '@bachata-buddy/platform/testkit';
import t from 'tap';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { isLong } from './test-files.ts';

/** Far above what any file takes on a busy machine; what hangs ends here, reported as a failure. */
const FILE_TIMEOUT_SEC = 300;
const LONG_FILE_TIMEOUT_SEC = 1_200;

const files = process.argv.slice(2);
// One more at a time than there are cores, since many tests wait for a server or a clock.
t.jobs = files.length > 1 ? availableParallelism() + 1 : 1;
t.setTimeout(0);
for (const file of files) {
  const timeoutSec = isLong(file) ? LONG_FILE_TIMEOUT_SEC : FILE_TIMEOUT_SEC;
  // What each file's own tap reads; without it every test ends after 30 s.
  const env = { ...process.env, TAP_TIMEOUT: String(timeoutSec) };
  const options = { buffered: t.jobs > 1, cwd: ROOT_DIRECTORY, env, timeout: timeoutSec * 1_000 };
  const args = ['--enable-source-maps', ...programArguments(file)];
  void t.spawn(process.execPath, args, options, file);
}
