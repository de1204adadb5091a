import { AppError, parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { sourceOf } from '../build/kept-builds.mjs';
import { slowestFiles } from '../testing/report.ts';
import { findTestFiles, isLong } from '../testing/test-files.ts';
import { runTests } from '../testing/test-run.ts';
import { ensureMediaTools } from './media-tools.ts';

const HELP = `
Usage: pnpm test [--all | FILE … | FOLDER …]

Runs the tests with a PostgreSQL server of their own and prints the slowest files, the processor time of all that
ran, and "N passed, N failed". Installs Debian's ffmpeg first where there is none and it may (root, apt).

  pnpm test                                    all that proves the product, in minutes
  pnpm test --all                              also the whole system from its programs, and what breaks it on purpose
  pnpm test packages/music                     those below a folder
  pnpm test packages/music/test/beats.test.ts  one file, with all that it prints
`;

const SLOWEST_COUNT = 10;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: { all: { type: 'boolean', default: false } },
    args: process.argv.slice(2),
  });
  const files = await chooseFiles(positionals.map(sourceOf), values.all);
  const tools = await ensureMediaTools(say);
  const run = await runTests({ files, tools, say, isVerbose: files.length === 1 });
  if (files.length > 1) {
    say(`The slowest of ${run.files.length} files:`);
    for (const line of slowestFiles(run.files, SLOWEST_COUNT)) say(line);
  }
  if (run.cpuSec !== undefined) say(`CPU ${run.cpuSec.toFixed(0)} s`);
  const skipped = run.skipped === 0 ? '' : `, ${run.skipped} skipped`;
  say(`${run.passed} passed, ${run.failed} failed${skipped}`);
  return run.exitCode === 0 && run.passed === 0 ? 1 : run.exitCode;
}

async function chooseFiles(asked: readonly string[], isAll: boolean): Promise<string[]> {
  const known = await findTestFiles();
  if (asked.length === 0) return known.filter((file) => isAll || !isLong(file));
  const isAsked = (path: string) => (file: string) => file === path || file.startsWith(`${path}/`);
  const unknown = asked.filter((path) => !known.some(isAsked(path)));
  if (unknown.length > 0) {
    throw new AppError(`There is no test in ${unknown.join(', ')}.`, { code: 'USAGE' });
  }
  return known.filter((file) => asked.some((path) => isAsked(path)(file)));
}

await runCommand(main);
