import { once } from 'node:events';
import { cancelled, parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { chosenByName } from '../commands/chosen-by-name.ts';
import { ensureMediaTools } from '../commands/media-tools.ts';
import { runScenario } from './harness/run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const HELP = `
Usage: pnpm chaos [SCENARIO …] [--seed N] [--small]

Breaks things on purpose (processes, connections, calls to the cloud) and says whether what is promised holds. Everything
runs on this machine, with a PostgreSQL of its own; one summary line a scenario, and exit code 1 where one did not hold.

${SCENARIOS.map(({ name, promise }) => `  ${name.padEnd(22)} ${promise}`).join('\n')}

  --seed N  what is left to chance follows from it (default 1)
  --small   the figures of the test suite: seconds instead of minutes each
`;

const BY_NAME = Object.fromEntries(SCENARIOS.map((scenario) => [scenario.name, scenario]));

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: { seed: { type: 'string', default: '1' }, small: { type: 'boolean', default: false } },
    maxPositionals: Number.POSITIVE_INFINITY,
    args: process.argv.slice(2),
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw usageError('--seed takes a whole number.');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const names = positionals.length > 0 ? positionals : Object.keys(BY_NAME);
  const scenarios = chosenByName('scenario', BY_NAME, names);
  const { ffmpegPath, ffprobePath } = await ensureMediaTools(say);
  Object.assign(process.env, { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath });
  const interruption = interrupted();
  let broken = 0;
  for (const [, scenario] of scenarios) {
    say(`${scenario.name}: ${scenario.promise}`);
    const scale = values.small ? 'small' : 'full';
    const { held, summary, problems } = await runScenario({
      scenario,
      seed,
      scale,
      say: (line) => say(`  ${line}`),
      interruption,
    });
    for (const problem of problems) say(`  problem: ${problem}`);
    say(`${held ? 'held  ' : 'BROKEN'}  ${scenario.name}  seed ${seed}  ${summary}`);
    if (!held) broken += 1;
  }
  return broken === 0 ? 0 : 1;
}

/** Rejects with AppError `CANCELLED` where somebody wants it to end. */
function interrupted(): Promise<never> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal));
  const interruption = Promise.race(signals).then(() => {
    throw cancelled('Ended before it was through; what it had started is ended, too');
  });
  interruption.catch(() => {});
  return interruption;
}

await runCommand(main);
// An interrupted scenario may still wait for something.
process.exit();
