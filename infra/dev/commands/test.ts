import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { OWN_PROGRAMS } from '../../build/compile.ts';
import { type KeptBuild, sourceOf } from '../../build/kept-builds.mjs';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { changedFiles } from '../testing/changed-files.ts';
import { changedTests } from '../testing/changed-tests.ts';
import { compileTests } from '../testing/compile-tests.ts';
import { findLiveSources } from '../testing/live-sources.ts';
import { narrowedTests, programsToShake } from '../testing/narrowed-tests.ts';
import { busiestProcesses, slowestFiles } from '../testing/report.ts';
import { findTestFiles, isLong } from '../testing/test-files.ts';
import { runTests, type TestRun } from '../testing/test-run.ts';
import { ensureMediaTools } from './media-tools.ts';

const HELP = `
Usage: pnpm test [--all | FILE … | FOLDER …]
       pnpm test --changed [REVISION] [--all]

Runs the tests with a PostgreSQL server of their own and prints the slowest files, the processes that took most, the processor
time of all that ran, and "N passed, N failed". Installs Debian's ffmpeg first where there is none and it may (root, apt).

  pnpm test                                    all that proves the product, in minutes
  pnpm test --all                              also the whole system from its programs, and what breaks it on purpose
  pnpm test --changed                          those that use what is changed and not committed
  pnpm test --changed main                     … or by all that differs from a branch or commit
  pnpm test packages/music                     those below a folder
  pnpm test packages/music/test/beats.test.ts  one file, with all that it prints
`;

const SLOWEST_COUNT = 10;
/** By source, the program that it starts as one of its own. */
const STARTS = Object.fromEntries(
  Object.entries(OWN_PROGRAMS).map(([source, [, program]]) => [source, program]),
);

interface Choice {
  readonly files: readonly string[];
  readonly build: KeptBuild;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: { all: { type: 'boolean', default: false }, changed: { type: 'boolean', default: false } },
    maxPositionals: Number.POSITIVE_INFINITY,
    args: process.argv.slice(2),
  });
  const known = await findTestFiles();
  const usual = known.filter((file) => values.all || !isLong(file));
  const { files, build } = values.changed
    ? await chooseChanged(usual, positionals)
    : await chooseNamed({ known, usual, asked: positionals.map(sourceOf) });
  if (files.length === 0) {
    say('No test can be affected.');
    return 0;
  }
  const tools = await ensureMediaTools(say);
  const run = await runTests({ files, build, tools, say, isVerbose: files.length === 1 });
  sumUp(run);
  return run.exitCode === 0 && run.passed === 0 ? 1 : run.exitCode;
}

async function chooseChanged(usual: readonly string[], revisions: readonly string[]): Promise<Choice> {
  const [revision = 'HEAD', ...others] = revisions;
  if (others.length > 0) throw usageError('--changed takes one revision. See --help.');
  const changed = await changedFiles(revision);
  const build = await compileTests(usual);
  const importing = changedTests({ tests: usual, changed, leadsTo: build.leadsTo, textOf });
  const options = { tests: importing, changed, leadsTo: build.leadsTo, textOf, starts: STARTS };
  const live = await findLiveSources(programsToShake(options));
  const files = narrowedTests({ ...options, live });
  say(`${changed.length} changed files can affect ${files.length} of ${usual.length} test files.`);
  return { files, build };
}

const texts = new Map<string, string>();

/** Empty where there is no such file. */
function textOf(source: string): string {
  const path = join(ROOT_DIRECTORY, source);
  const text = texts.get(source) ?? (existsSync(path) ? readFileSync(path, 'utf8') : '');
  texts.set(source, text);
  return text;
}

interface NamedOptions {
  readonly known: readonly string[];
  readonly usual: readonly string[];
  readonly asked: readonly string[];
}

async function chooseNamed({ known, usual, asked }: NamedOptions): Promise<Choice> {
  const isAsked = (path: string) => (file: string) => file === path || file.startsWith(`${path}/`);
  const unknown = asked.filter((path) => !known.some(isAsked(path)));
  if (unknown.length > 0) {
    throw usageError(`There is no test in ${unknown.join(', ')}.`);
  }
  const named = known.filter((file) => asked.some((path) => isAsked(path)(file)));
  const files = asked.length > 0 ? named : usual;
  return { files, build: await compileTests(files) };
}

function sumUp({ files, processes, cpuSec, passed, failed, skipped }: TestRun): void {
  if (files.length > 1) {
    say(`The slowest of ${files.length} files:`);
    for (const line of slowestFiles(files, SLOWEST_COUNT)) say(line);
  }
  if (processes.length > 1 && cpuSec !== undefined) {
    say(`The most processor time of ${processes.length} processes:`);
    for (const line of busiestProcesses(processes, SLOWEST_COUNT)) say(line);
  }
  if (cpuSec !== undefined) say(`CPU ${cpuSec.toFixed(0)} s`);
  say(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
}

await runCommand(main);
