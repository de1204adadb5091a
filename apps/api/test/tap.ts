import type { TestContext } from '@bachata-buddy/database/testkit';
import type { Test } from 'tap';

/** What of tap's test object is needed here. */
export type Tap = TestContext & Pick<Test, 'testdir'>;
