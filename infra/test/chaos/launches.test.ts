import t from 'tap';
import { cloudRunFaults } from '../../chaos/cloud-run-faults.ts';
import { killApi } from '../../chaos/kill-api.ts';
import { longBlueprint } from '../../chaos/long-blueprint.ts';
import { migrations } from '../../chaos/migrations.ts';
import { queueOf500 } from '../../chaos/queue-of-500.ts';
import { sigtermApi } from '../../chaos/sigterm-api.ts';
import { assertHolds } from './assert-holds.ts';

/** They wait more than they compute: for a second try, for a process to start. */
t.jobs = 2;

for (const scenario of [killApi, cloudRunFaults, longBlueprint, queueOf500, sigtermApi, migrations]) {
  t.test(`${scenario.name}: ${scenario.promise}`, (t) => assertHolds(t, scenario));
}
