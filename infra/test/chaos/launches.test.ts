import t from 'tap';
import { cloudRunFaults } from '../../dev/chaos/scenarios/cloud-run-faults.ts';
import { databaseAway } from '../../dev/chaos/scenarios/database-away.ts';
import { hostileUploads } from '../../dev/chaos/scenarios/hostile-uploads.ts';
import { killApi } from '../../dev/chaos/scenarios/kill-api.ts';
import { loginStorm } from '../../dev/chaos/scenarios/login-storm.ts';
import { longBlueprint } from '../../dev/chaos/scenarios/long-blueprint.ts';
import { migrations } from '../../dev/chaos/scenarios/migrations.ts';
import { queueOf500 } from '../../dev/chaos/scenarios/queue-of-500.ts';
import { sigtermApi } from '../../dev/chaos/scenarios/sigterm-api.ts';
import { assertHolds } from './assert-holds.ts';

/** They wait more than they compute: for a second try, for a process to start. */
t.jobs = 2;

for (const scenario of [
  killApi,
  databaseAway,
  loginStorm,
  hostileUploads,
  cloudRunFaults,
  longBlueprint,
  queueOf500,
  sigtermApi,
  migrations,
]) {
  t.test(`${scenario.name}: ${scenario.promise}`, (t) => assertHolds(t, scenario));
}
