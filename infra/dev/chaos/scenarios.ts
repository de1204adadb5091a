import type { Scenario } from './harness/scenario.ts';
import { cloudRunFaults } from './scenarios/cloud-run-faults.ts';
import { databaseAway } from './scenarios/database-away.ts';
import { databaseLoss } from './scenarios/database-loss.ts';
import { fencing } from './scenarios/fencing.ts';
import { hostileUploads } from './scenarios/hostile-uploads.ts';
import { killApi } from './scenarios/kill-api.ts';
import { killJob } from './scenarios/kill-job.ts';
import { loginStorm } from './scenarios/login-storm.ts';
import { longBlueprint } from './scenarios/long-blueprint.ts';
import { memory } from './scenarios/memory.ts';
import { migrations } from './scenarios/migrations.ts';
import { poisonTask } from './scenarios/poison-task.ts';
import { queueOf500 } from './scenarios/queue-of-500.ts';
import { sigtermApi } from './scenarios/sigterm-api.ts';
import { sigtermJob } from './scenarios/sigterm-job.ts';
import { silentWorker } from './scenarios/silent-worker.ts';
import { uploadFaults } from './scenarios/upload-faults.ts';

/** In the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [
  cloudRunFaults,
  databaseAway,
  databaseLoss,
  fencing,
  hostileUploads,
  killApi,
  killJob,
  loginStorm,
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
