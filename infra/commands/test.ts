import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startTestServer } from '@bachata-buddy/database/testkit';
import { runCommand } from '@bachata-buddy/platform';
import { buildInto } from '../system/built-apps.ts';
import { ensureMediaTools } from './media-tools.ts';
import { ROOT_DIRECTORY } from './paths.ts';

const HELP = `
Usage: pnpm test [FILE …]

Runs every test (or the files named) with a PostgreSQL server of its own and prints "N passed, N failed".
Installs Debian's ffmpeg first where there is none and it may (root, apt).

  pnpm test                                    everything
  pnpm test packages/music/test/beats.test.ts  one file, with all that it prints
`;

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${HELP.trim()}\n`);
    return 0;
  }
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const tools = await ensureMediaTools(say);
  const builtDirectory = await mkdtemp(join(tmpdir(), 'bachata-built-'));
  const server = await startTestServer();
  try {
    // Tests of the whole system share what they run.
    const isBuilt = args.length === 0 || args.some(isOfWholeSystem);
    if (isBuilt) await buildInto(builtDirectory, ['api', 'job', 'ingest']);
    const { exitCode, counts } = await runTap(args, {
      TEST_BUILT_APPS: isBuilt ? builtDirectory : '',
      TEST_DATABASE_URL: server.url,
      FFMPEG_PATH: tools.ffmpegPath,
      FFPROBE_PATH: tools.ffprobePath,
    });
    const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
    say(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
    return exitCode === 0 && counts.passed === 0 ? 1 : exitCode;
  } finally {
    await server.stop();
    await rm(builtDirectory, { recursive: true, force: true });
    await removeTapFiles();
  }
}

const isOfWholeSystem = (file: string): boolean => /\binfra\/test\//.test(file);

/** What tap keeps of a run; nothing reads it afterwards. Where fixtures are left, another run is still at work on them. */
async function removeTapFiles(): Promise<void> {
  const directory = join(ROOT_DIRECTORY, '.tap');
  const fixtures = await readdir(join(directory, 'fixtures')).catch(() => []);
  if (fixtures.length === 0) await rm(directory, { recursive: true, force: true });
}

async function runTap(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ exitCode: number; counts: Counts }> {
  const program = join(import.meta.dirname, 'run-test-files.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    cwd: ROOT_DIRECTORY,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  const counts = await report(child.stdout, args.length > 0);
  const exitCode = await ended;
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
  return { exitCode, counts };
}

/** One line a file; all that a file printed where it failed, or where only some files were asked for. */
async function report(stdout: NodeJS.ReadableStream, isVerbose: boolean): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  let heldLines: string[] = [];
  for await (const line of createInterface({ input: stdout })) {
    const totals = /^# \{ (.*) \}$/.exec(line)?.[1];
    if (totals !== undefined) addTotals(counts, totals);
    const isFileResult = /^(not )?ok \d+ - /.test(line);
    if (isVerbose) process.stdout.write(`${line}\n`);
    else if (isFileResult) {
      if (line.startsWith('not ok')) process.stdout.write(`${heldLines.join('\n')}\n`);
      process.stdout.write(`${line.replace(/ok \d+ - /, 'ok ').replace(' {', '')}\n`);
      heldLines = [];
    } else heldLines.push(line);
  }
  return counts;
}

function addTotals(counts: Counts, totals: string): void {
  const numberOf = (name: string): number => Number(new RegExp(`\\b${name}: (\\d+)`).exec(totals)?.[1] ?? 0);
  counts.passed += numberOf('pass');
  counts.failed += numberOf('fail');
  counts.skipped += numberOf('skip') + numberOf('todo');
}

await runCommand(main);
