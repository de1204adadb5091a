import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT_APPS } from '../build/apps.ts';
import { buildApp } from '../build/build-app.ts';
import { ROOT_DIRECTORY } from '../commands/paths.ts';

let built: Promise<string> | undefined;

/**
 * The folder of the API and the job, built once for all scenarios of this process and removed at its end: they are
 * started hundreds of times, and sources take a second of computing more each time.
 */
export function quickApps(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'bachata-chaos-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  for (const name of ['api', 'job'] as const) {
    const app = BUILT_APPS[name];
    if (app === undefined) throw new Error(`nothing is known of an app ${name}`);
    await buildApp({ app, root: ROOT_DIRECTORY, directory: join(directory, name), packages: 'linked' });
  }
  return directory;
}
