// Runs test files (`TEST_GROUP`, a list in JSON) one after another in this process, which starts once for all of them, and
// reports as TAP.
import { pathToFileURL } from 'node:url';
import { elementAt } from '@bachata-buddy/platform';
import { programArguments } from '@bachata-buddy/platform/testkit';
import t from 'tap';
import { beginFile } from './file-tap.ts';

// Not as arguments: tap makes names of folders of them.
const files: string[] = JSON.parse(process.env.TEST_GROUP ?? '[]');
delete process.env.TEST_GROUP;
// Each file has a limit of its own, and their process one for all of them.
t.setTimeout(0);
for (const file of files) {
  void t.test(file, async (test) => {
    test.setTimeout(Number(process.env.TAP_TIMEOUT) * 1_000);
    beginFile(test);
    await import(pathToFileURL(elementAt(programArguments(file), 0)).href);
  });
}
