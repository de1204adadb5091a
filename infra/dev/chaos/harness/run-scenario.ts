import { withTeardown } from '../../system/teardown.ts';
import { makeRandom } from '../support/random.ts';
import type { Scale, Scenario, ScenarioResult } from './scenario.ts';

export interface RunScenarioOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly scale: Scale;
  readonly say: (line: string) => void;
  /** Rejects where the scenario is to end before it is through. */
  readonly interruption?: Promise<never>;
}

/** Runs one scenario and cleans up after it, however it ends. @throws what the scenario or its cleaning up throws */
export async function runScenario({
  scenario,
  seed,
  scale,
  say,
  interruption,
}: RunScenarioOptions): Promise<ScenarioResult> {
  return withTeardown(({ teardown }) => {
    const run = scenario.run({ scale, random: makeRandom(seed), say, teardown });
    return interruption === undefined ? run : Promise.race([run, interruption]);
  });
}
