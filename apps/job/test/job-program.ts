import { fileURLToPath } from 'node:url';
import { programArguments } from '@bachata-buddy/platform/testkit';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The rendering program. */
export const JOB_COMMAND = {
  file: process.execPath,
  args: programArguments('apps/job/src/main.ts'),
  cwd: ROOT,
};
