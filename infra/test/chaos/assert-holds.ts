import type { Test } from 'tap';
import { runScenario } from '../../dev/chaos/harness/run-scenario.ts';
import type { Scenario } from '../../dev/chaos/harness/scenario.ts';

/** Runs a scenario in small; where it does not hold, what it said is shown. */
export async function assertHolds(t: Test, scenario: Scenario): Promise<void> {
  const said: string[] = [];
  const result = await runScenario({ scenario, seed: 1, scale: 'small', say: (line) => said.push(line) });
  t.strictSame(result.problems, [], [result.summary, ...said].join('\n'));
  t.equal(result.held, true);
}
