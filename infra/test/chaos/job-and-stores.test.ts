import t from 'tap';
import type { Scenario } from '../../dev/chaos/harness/scenario.ts';
import { databaseLoss } from '../../dev/chaos/scenarios/database-loss.ts';
import { fencing } from '../../dev/chaos/scenarios/fencing.ts';
import { killJob } from '../../dev/chaos/scenarios/kill-job.ts';
import { memory } from '../../dev/chaos/scenarios/memory.ts';
import { poisonTask } from '../../dev/chaos/scenarios/poison-task.ts';
import { sigtermJob } from '../../dev/chaos/scenarios/sigterm-job.ts';
import { silentWorker } from '../../dev/chaos/scenarios/silent-worker.ts';
import { uploadFaults } from '../../dev/chaos/scenarios/upload-faults.ts';
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
