import t from 'tap';
import { databaseLoss } from '../../chaos/database-loss.ts';
import { fencing } from '../../chaos/fencing.ts';
import { killJob } from '../../chaos/kill-job.ts';
import { memory } from '../../chaos/memory.ts';
import { poisonTask } from '../../chaos/poison-task.ts';
import type { Scenario } from '../../chaos/scenario.ts';
import { sigtermJob } from '../../chaos/sigterm-job.ts';
import { silentWorker } from '../../chaos/silent-worker.ts';
import { uploadFaults } from '../../chaos/upload-faults.ts';
import { assertHolds } from './assert-holds.ts';

/** One after the other: Google's client has one place in a process where it looks for credentials. */
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a job that dies with its machine is launched again, or its task failed': silentWorker,
  'a job killed at any moment leaves one whole video, and its task comes to its end': killJob,
  'the API and its jobs outlive a silent network and connections that are ended': databaseLoss,
  'a task that kills every job of it gets three attempts, then fails with a reason': poisonTask,
  'a job that is asked to end in any stage leaves nothing behind': sigtermJob,
  'an upload that is killed, altered or overtaken is never half visible': uploadFaults,
  'of two attempts at a task, however they interleave, only the later one writes': fencing,
  'a job keeps what it makes on the way in its folder, and takes it away': memory,
};

for (const [title, scenario] of Object.entries(SCENARIOS)) {
  t.test(title, (t) => assertHolds(t, scenario));
}
