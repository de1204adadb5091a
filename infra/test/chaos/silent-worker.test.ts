import t from 'tap';
import { silentWorker } from '../../chaos/silent-worker.ts';
import { assertHolds } from './assert-holds.ts';

/** By itself, since it waits for half a minute: other files are run meanwhile. */
t.test('a job that dies with its machine is launched again, or its task failed', (t) =>
  assertHolds(t, silentWorker),
);
