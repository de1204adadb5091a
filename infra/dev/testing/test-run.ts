import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeKept, startTestServer, type TestServer } from '@bachata-buddy/database/testkit';
import type { MediaTools } from '@bachata-buddy/media';
import { toError } from '@bachata-buddy/platform';
import { programArguments } from '@bachata-buddy/platform/testkit';
import { claimBuild, type KeptBuild, manifestOf } from '../../build/kept-builds.mjs';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { buildInto } from '../system/built-apps.ts';
import { RUNNER } from './compile-tests.ts';
import { cpuSecOf } from './cpu-time.ts';
import {
  isProcessReport,
  type ProcessReport,
  type ReportOptions,
  type RunReport,
  reportRun,
} from './report.ts';
import { keepDurations, readDurations } from './test-durations.ts';
import { groupFiles } from './test-groups.ts';

export interface TestRunOptions extends ReportOptions {
  readonly files: readonly string[];
  /** Holds them, and what they start. */
  readonly build: KeptBuild;
  readonly tools: MediaTools;
}

export interface TestRun extends RunReport {
  /** In the order in which they ended. */
  readonly processes: readonly ProcessReport[];
  readonly exitCode: number;
  /** Of everything that ran, the database's server included, which is stopped by now; undefined where the system does not tell. */
  readonly cpuSec: number | undefined;
}

/**
 * Runs test files with what they share: a PostgreSQL server, compiled programs, built apps. All of it is gone afterwards,
 * but for the server of tests that failed.
 */
export async function runTests({ files, build, tools, ...reporting }: TestRunOptions): Promise<TestRun> {
  const shared = await mkdtemp(join(tmpdir(), 'bachata-tests-'));
  const letGo = claimBuild(build.directory);
  const server = await startTestServer();
  let outcome: Outcome;
  try {
    // Tests of the whole system share what they run.
    const isOfSystem = files.some((file) => /\binfra\/test\/(system|chaos)\//.test(file));
    if (isOfSystem) await buildInto(join(shared, 'apps'), ['api', 'job', 'ingest']);
    Object.assign(process.env, {
      KEPT_PROGRAMS: manifestOf(build.directory),
      TEST_BUILT_APPS: isOfSystem ? join(shared, 'apps') : '',
      TEST_DATABASE_URL: server.url,
      TEST_MEDIA: join(shared, 'media'),
      FFMPEG_PATH: tools.ffmpegPath,
      FFPROBE_PATH: tools.ffprobePath,
    });
    outcome = await runGroups(groupFiles(files, await readDurations()), reporting);
  } finally {
    await stopServer(server, reporting.say);
    await rm(shared, { recursive: true, force: true });
    if (!build.isKept) await rm(build.directory, { recursive: true, force: true });
    letGo();
    await removeTapFiles();
  }
  try {
    await keepDurations(outcome.files);
  } catch (thrown) {
    reporting.say(`How long the tests took could not be kept: ${toError(thrown).message}`);
  }
  return { ...outcome, cpuSec: cpuSecOf('self') };
}

/** Says what there is to say, a failure included: it must not hide how the tests ended, nor keep the rest from being removed. */
async function stopServer(server: TestServer, say: ReportOptions['say']): Promise<void> {
  try {
    const stopped = await server.stop();
    if (stopped !== undefined) describeKept(stopped).forEach(say);
  } catch (thrown) {
    say(`The tests' PostgreSQL server could not be stopped: ${toError(thrown).message}`);
  }
}

type Outcome = Omit<TestRun, 'cpuSec'>;

async function runGroups(groups: readonly (readonly string[])[], reporting: ReportOptions): Promise<Outcome> {
  const child = spawn(process.execPath, [...programArguments(RUNNER), JSON.stringify(groups)], {
    cwd: ROOT_DIRECTORY,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const processes: ProcessReport[] = [];
  child.on('message', (message) => {
    // tap says things of its own.
    if (isProcessReport(message)) processes.push(message);
  });
  const stop = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  if (child.stdout === null) throw new Error('The runner has no standard output');
  const report = await reportRun(child.stdout, reporting);
  const exitCode = await ended;
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
  return { ...report, processes, exitCode };
}

/** What tap keeps of a run; nothing reads it afterwards. Where fixtures are left, another run is still at work on them. */
async function removeTapFiles(): Promise<void> {
  const directory = join(ROOT_DIRECTORY, '.tap');
  const fixtures = await readdir(join(directory, 'fixtures')).catch(() => []);
  if (fixtures.length === 0) await rm(directory, { recursive: true, force: true });
}
