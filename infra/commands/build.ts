import { join } from 'node:path';
import { AppError, parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { BUILT_APPS } from '../build/apps.ts';
import { buildApp } from '../build/build-app.ts';
import { ROOT_DIRECTORY } from './paths.ts';

const HELP = `
Usage: pnpm build [APP …] [--out FOLDER]

Builds api, job and ingest (or the apps named), each into a folder of its own that runs with Node alone:
node dist/api/server.js. This is what the images hold.

  --out FOLDER   where the folders go (default dist)
`;

async function main(): Promise<undefined> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: { out: { type: 'string' } },
    args: process.argv.slice(2),
  });
  const names = positionals.length > 0 ? positionals : Object.keys(BUILT_APPS);
  const out = values.out ?? join(ROOT_DIRECTORY, 'dist');
  for (const name of names) {
    const app = BUILT_APPS[name];
    if (app === undefined) {
      const known = Object.keys(BUILT_APPS).join(', ');
      throw new AppError(`There is no app ${name}; there are ${known}.`, { code: 'USAGE' });
    }
    await buildApp({ app, root: ROOT_DIRECTORY, directory: join(out, name) });
    process.stdout.write(`${join(out, name)}\n`);
  }
}

await runCommand(main);
