import { AppError, parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { benchApi } from './api.ts';
import { benchJobStart } from './job-start.ts';
import { benchRender } from './render.ts';

const HELP = `
Usage: pnpm bench [render] [api] [job] [--rounds N]

Measures the product against a named peer in one run, round by round in turn, and prints the ratio of the
medians. Machines are noisy: only the ratio means anything.

  render       a blueprint of the demo library, whole commands from start to finished file, against
               "clip by clip": what the predecessor did (re-encode every clip, join, encode the sound)
  api          requests in a second, and the slowest in a hundred, of a task and of the list of songs, against a
               bare Fastify server that sends the same rows; exit code 1 under half of its rate
  job          from the start of a rendering job to its first work with ffmpeg, against a program that asks the
               database one thing and calls ffmpeg; exit code 1 over 1.5 s
  --rounds N   how often each is run (default 3)
`;

const BENCHES = { render: benchRender, api: benchApi, job: benchJobStart };

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: { rounds: { type: 'string', default: '3' } },
    args: process.argv.slice(2),
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new AppError('--rounds takes a whole number.', { code: 'USAGE' });
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  for (const name of names) {
    const bench = BENCHES[name as keyof typeof BENCHES];
    if (bench === undefined)
      throw new AppError(`There is no bench "${name}". See --help.`, { code: 'USAGE' });
    await bench({ rounds, say: (line) => void process.stdout.write(`${line}\n`) });
  }
  return 0;
}

await runCommand(main);
