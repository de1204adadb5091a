import t from 'tap';
import { cloudRunFaults } from '../../chaos/cloud-run-faults.ts';
import { killApi } from '../../chaos/kill-api.ts';
import { longBlueprint } from '../../chaos/long-blueprint.ts';
import { migrations } from '../../chaos/migrations.ts';
import { queueOf500 } from '../../chaos/queue-of-500.ts';
import { runScenario } from '../../chaos/run-scenario.ts';
import { sigtermApi } from '../../chaos/sigterm-api.ts';

const SEED = 1;

/** They wait more than they compute: for a second try, for a process to start. */
t.jobs = 2;

for (const scenario of [killApi, cloudRunFaults, longBlueprint, queueOf500, sigtermApi, migrations]) {
  t.test(`${scenario.name}: ${scenario.promise}`, async (t) => {
    const { held, summary, problems } = await runScenario({
      scenario,
      seed: SEED,
      scale: 'small',
      say: (line) => t.comment(line),
    });
    t.comment(summary);
    t.strictSame(problems, []);
    t.ok(held);
  });
}
