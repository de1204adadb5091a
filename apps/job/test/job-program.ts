import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const built = process.env.TEST_BUILT_APPS ?? '';

/** The rendering program: as images hold it where the apps were built for all tests together, else its source. */
export const JOB_COMMAND = {
  file: process.execPath,
  args: built === '' ? ['--import', 'tsx', 'apps/job/src/main.ts'] : [join(built, 'job/main.js')],
  cwd: ROOT,
};
