import { join } from 'node:path';
import {
  parseCommandLine,
  prepareAskedFolder,
  runCommand,
  usageError,
  writeAsked,
} from '@bachata-buddy/platform';
import { BUILT_APPS, type BuiltApp, GCS_EMULATOR } from '../../build/apps.ts';
import { buildApp, mayBecomeBuild } from '../../build/build-app.ts';
import { buildStudio } from '../../build/studio.ts';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { chosenByName } from './chosen-by-name.ts';

const HELP = `
Usage: pnpm build [APP …] [--out FOLDER]

Builds api, job and ingest (or the apps named), each into a folder of its own that runs with Node alone:
node dist/api/server.js. This is what the images hold. The API's has the page in it, dist/api/studio. gcs-emulator, the Cloud Storage of the compose file, is
built where it is named.

  --out FOLDER   where the folders go (default dist)
`;

const APPS: Readonly<Record<string, BuiltApp>> = { ...BUILT_APPS, 'gcs-emulator': GCS_EMULATOR };

async function main(): Promise<undefined> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: { out: { type: 'string' } },
    maxPositionals: Number.POSITIVE_INFINITY,
    args: process.argv.slice(2),
  });
  const names = positionals.length > 0 ? positionals : Object.keys(BUILT_APPS);
  const apps = chosenByName('app', APPS, names);
  const out = await prepareAskedFolder(values.out ?? join(ROOT_DIRECTORY, 'dist'));
  for (const name of names) await requireBuild(join(out, name));
  for (const [name, app] of apps) {
    await buildApp({ app, root: ROOT_DIRECTORY, directory: join(out, name) });
    // The API serves it where STUDIO_DIR names it.
    if (name === 'api') await buildStudio({ root: ROOT_DIRECTORY, directory: join(out, name, 'studio') });
    process.stdout.write(`${join(out, name)}\n`);
  }
}

/** A build takes the place of an earlier one, and of nothing else that has the name of an app. */
async function requireBuild(directory: string): Promise<void> {
  if (await writeAsked(directory, () => mayBecomeBuild(directory))) return;
  throw usageError(`${directory} is no build: remove it, or give another --out.`);
}

await runCommand(main);
