import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT_DIRECTORY } from '../../paths.ts';

/** What is installed, built, kept or the tools' own. */
const IS_PASSED_OVER = /^(\..+|node_modules|dist)$/;
const IS_TEST_FILE = /\.test\.ts$/;
const IS_TEST_PROGRAM = /\/test\/(programs|fixtures)\/[^/]+(?<!\.test)\.ts$/;

/**
 * What proves the product once more at length: the system as images hold it, and what is broken on purpose. A file
 * that needs more than 20 s, or that waits for real time to pass, is named `*.long.test.ts` or belongs there.
 */
const IS_LONG = /^infra\/test\/(system|chaos)\/|\.long\.test\.ts$/;

/** Every test file of the workspace, as paths from its root. */
export async function findTestFiles(): Promise<string[]> {
  return (await filesBelow('', IS_TEST_FILE)).sort();
}

/** Programs that lie among the tests, which start them. */
export async function findTestPrograms(): Promise<string[]> {
  return (await filesBelow('', IS_TEST_PROGRAM)).sort();
}

async function filesBelow(folder: string, pattern: RegExp): Promise<string[]> {
  const entries = await readdir(join(ROOT_DIRECTORY, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(({ name }) => !IS_PASSED_OVER.test(name))
      .map((entry): string[] | Promise<string[]> => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) return filesBelow(path, pattern);
        return pattern.test(path) ? [path] : [];
      }),
  );
  return found.flat();
}

/** Whether it runs with `--all` only, or where it is asked for. */
export function isLong(file: string): boolean {
  return IS_LONG.test(file);
}
