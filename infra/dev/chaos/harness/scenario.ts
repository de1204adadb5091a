import type { Random } from '../support/random.ts';

/** `full`: the figures of the reliability bar; `small`: the same in seconds, for the test suite. */
export type Scale = 'small' | 'full';

/** What a scenario needs to be cleaned up after, whoever runs it: a command, or a test. */
export interface ScenarioContext {
  readonly scale: Scale;
  /** Everything that is left to chance comes from here. */
  readonly random: Random;
  /** Progress, for people. */
  readonly say: (line: string) => void;
  /** Run when the scenario has ended, the last one first. */
  readonly teardown: (handler: () => unknown) => void;
}

export interface ScenarioResult {
  /** Did everything hold that is promised? */
  readonly held: boolean;
  /** The measured figures, in one line: `150/150 reached an end, 0 duplicate objects`. */
  readonly summary: string;
  /** What did not hold; empty where everything did. */
  readonly problems: readonly string[];
}

export interface Scenario {
  /** As on the command line: `kill-job`. */
  readonly name: string;
  /** What is promised, in one line. */
  readonly promise: string;
  run(context: ScenarioContext): Promise<ScenarioResult>;
}
