import { cloudRunFaults } from './cloud-run-faults.ts';
import { databaseLoss } from './database-loss.ts';
import { fencing } from './fencing.ts';
import { killApi } from './kill-api.ts';
import { killJob } from './kill-job.ts';
import { longBlueprint } from './long-blueprint.ts';
import { memory } from './memory.ts';
import { migrations } from './migrations.ts';
import { poisonTask } from './poison-task.ts';
import { queueOf500 } from './queue-of-500.ts';
import type { Scenario } from './scenario.ts';
import { sigtermApi } from './sigterm-api.ts';
import { sigtermJob } from './sigterm-job.ts';
import { silentWorker } from './silent-worker.ts';
import { uploadFaults } from './upload-faults.ts';

/** In the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [
  cloudRunFaults,
  databaseLoss,
  fencing,
  killApi,
  killJob,
  longBlueprint,
  memory,
  migrations,
  poisonTask,
  queueOf500,
  sigtermApi,
  sigtermJob,
  silentWorker,
  uploadFaults,
];
