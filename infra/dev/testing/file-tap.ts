import { t as ofProcess, type Test } from 'tap';

/**
 * What test files import as tap where several run in one process: the test of the file that is running, so that what a
 * file holds ready (`before`, `teardown`, folders) ends with it, as it does in a process of its own.
 */
let current: Test = ofProcess;

/** @public Compiled test files import it as they import tap. */
// biome-ignore lint/style/noDefaultExport: as tap has it.
export { current as default };

/** Before a file is loaded; those before it have ended. */
export function beginFile(test: Test): void {
  current = test;
}
