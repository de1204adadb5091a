import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT_APPS } from '../build/apps.ts';
import { buildApp } from '../build/build-app.ts';
import { ROOT_DIRECTORY } from '../commands/paths.ts';

let directory: Promise<string> | undefined;
const built = new Map<string, Promise<void>>();

/**
 * Builds the apps that are named, each once in the life of this process, as images hold them: a job that is started
 * hundreds of times is not compiled each time.
 *
 * @returns the folder that holds a folder of each; gone when this process ends
 */
export async function builtApps(...names: readonly ('api' | 'job')[]): Promise<string> {
  directory ??= makeDirectory();
  const out = await directory;
  for (const name of names) {
    const app = BUILT_APPS[name];
    if (app === undefined) throw new Error(`There is no app ${name}`);
    if (!built.has(name)) {
      built.set(
        name,
        buildApp({ app, root: ROOT_DIRECTORY, directory: join(out, name), packages: 'linked' }),
      );
    }
    await built.get(name);
  }
  return out;
}

async function makeDirectory(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'bachata-chaos-built-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}
