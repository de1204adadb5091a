import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepBuild } from '../../build/keep-build.ts';
import type { KeptBuild } from '../../build/kept-builds.mjs';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { findTestFiles, findTestPrograms } from './test-files.ts';

/** What starts each file. */
export const RUNNER = 'infra/dev/testing/run-test-files.ts';
/** What runs those that share a process. */
export const GROUP_RUNNER = 'infra/dev/testing/run-test-group.ts';

/** Programs that tests start, beside the commands and what lies among the tests. */
const PROGRAMS = [
  'apps/api/src/server.ts',
  'apps/job/src/main.ts',
  'packages/blueprint/src/commands/generate-docs.ts',
  'packages/gcs-testkit/src/commands/serve.ts',
];

/**
 * Compiles what a run needs, once: one file alone, or all of them together with the programs that they start. What is
 * missing here is compiled by whoever starts it.
 */
export async function compileTests(files: readonly string[]): Promise<KeptBuild> {
  const [only = ''] = files;
  if (files.length === 1) return keepBuild(only, [only, RUNNER]);
  const [tests, programs, commands] = await Promise.all([
    findTestFiles(),
    findTestPrograms(),
    findCommands(),
  ]);
  return keepBuild('tests', [
    ...new Set([...tests, ...programs, ...commands, ...PROGRAMS, RUNNER, GROUP_RUNNER]),
  ]);
}

/** The programs behind the project's commands. */
async function findCommands(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(ROOT_DIRECTORY, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return Object.values(scripts).flatMap((command) => /run-program\.mjs (\S+\.ts)/.exec(command)?.[1] ?? []);
}
