import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { makeSmallLibrary } from '../dev/system/small-library.ts';

const HELP = `
Usage: node infra/build/run-program.mjs infra/docker/make-small-library.ts FOLDER

Makes six short clips and one song, for trying an installation: the demo library takes minutes.
`;

async function main(): Promise<undefined> {
  const { positionals } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: {},
    maxPositionals: 1,
  });
  const [directory] = positionals;
  if (directory === undefined) throw usageError('Give a folder.');
  await makeSmallLibrary({ directory, songDurationSec: 20 });
}

await runCommand(main);
