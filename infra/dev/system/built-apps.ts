import { join } from 'node:path';
import { BUILT_APPS } from '../../build/apps.ts';
import { buildApp } from '../../build/build-app.ts';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { makeProcessDirectory } from './teardown.ts';

export type BuiltAppName = 'api' | 'job' | 'ingest';

let directory: Promise<string> | undefined;
const built = new Map<string, Promise<void>>();

/**
 * The apps that are named, built as images hold them: a program that is started hundreds of times is not compiled each
 * time. Built once in the life of this process, unless `TEST_BUILT_APPS` names a folder where they lie already.
 *
 * @returns the folder that holds a folder of each; where it was made here, it is gone when this process ends
 */
export async function builtApps(...names: readonly BuiltAppName[]): Promise<string> {
  const given = process.env.TEST_BUILT_APPS;
  if (given !== undefined && given !== '') return given;
  directory ??= makeProcessDirectory();
  const out = await directory;
  await buildInto(out, names);
  return out;
}

/** Builds those apps that have not been built by this process. */
export async function buildInto(out: string, names: readonly BuiltAppName[]): Promise<void> {
  await Promise.all(
    names.map((name) => {
      const building = built.get(name) ?? build(name, join(out, name));
      built.set(name, building);
      return building;
    }),
  );
}

function build(name: BuiltAppName, directory: string): Promise<void> {
  const app = BUILT_APPS[name];
  if (app === undefined) throw new Error(`There is no app ${name}`);
  return buildApp({ app, root: ROOT_DIRECTORY, directory, packages: 'linked' });
}
