import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTask } from '@bachata-buddy/database';
import { crc32c } from '@bachata-buddy/gcs-testkit';
import { AppError } from '@bachata-buddy/platform';
import { outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { ROOT_DIRECTORY } from '../../../paths.ts';
import { jobAt } from '../harness/fault-points.ts';
import { startJob } from '../harness/job-process.ts';
import { makeRenderingScene, type RenderingScene, untilEnded } from '../harness/rendering-scene.ts';
import type { Scale, Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { signalProcess } from '../support/processes.ts';
import type { Random } from '../support/random.ts';

const RUN_PROGRAM = fileURLToPath(new URL('../../../build/run-program.mjs', import.meta.url));
const UPLOAD_PROGRAM = fileURLToPath(new URL('../programs/upload-file.ts', import.meta.url));
const TIMES = {
  small: { kills: 1, flips: 4, pairs: 4, overtaken: 1, altered: 0 },
  full: { kills: 25, flips: 100, pairs: 100, overtaken: 10, altered: 10 },
} as const;
/** An upload goes in parts of 8 MiB: three of them at most. */
const MAX_BYTES = { small: 400_000, full: 20 * 1024 * 1024 } as const;
const PART_BYTES = 8 * 1024 * 1024;
const VIDEO = { contentType: 'video/mp4', ifAbsent: true } as const;

export const uploadFaults: Scenario = {
  name: 'upload-faults',
  promise: 'an object is visible whole and as it was sent, or not at all; of two writers the second finds it',
  run: runUploadFaults,
};

async function runUploadFaults(context: ScenarioContext): Promise<ScenarioResult> {
  const scene = await makeRenderingScene(context);
  const times = TIMES[context.scale];
  const summaries: string[] = [];
  const problems: string[] = [];
  const parts = [
    ['kills', 'uploads killed midway, 0 partial objects visible', killMidway],
    ['flips', 'uploads with a flipped bit refused', flipOneBit],
    ['pairs', 'pairs of writers: one object each, the second told so', twoWriters],
    ['overtaken', 'jobs that came second found the video, and ended in order', secondJob],
    ['altered', 'jobs whose video was altered on the way stored it at another attempt', alteredVideo],
  ] as const;
  for (const [kind, words, work] of parts) {
    let good = 0;
    for (let time = 0; time < times[kind]; time += 1) {
      const problem = await work(context, scene, `output/${words.length}-${time}.mp4`);
      scene.bucket.clearFaults();
      if (problem === undefined) good += 1;
      else problems.push(problem);
    }
    summaries.push(`${good}/${times[kind]} ${words}`);
    context.say(summaries.at(-1) ?? '');
  }
  return { held: problems.length === 0, summary: summaries.join('; '), problems };
}

type Problem = string | undefined;

/** The uploading process is gone after any part but the last; afterwards another one stores the file. */
async function killMidway(
  { random }: ScenarioContext,
  { bucket, store, directory, jobEnvironment }: RenderingScene,
  key: string,
): Promise<Problem> {
  const file = await makeFile(directory, PART_BYTES * 2 + 1 + Math.floor(random() * 1_000_000));
  const child = spawn(process.execPath, [RUN_PROGRAM, UPLOAD_PROGRAM, file.path, key], {
    cwd: ROOT_DIRECTORY,
    env: { ...jobEnvironment },
    stdio: 'ignore',
  });
  const closed = once(child, 'close');
  bucket.fail({
    method: 'PUT',
    url: /upload_id=/,
    nth: 1 + Math.floor(random() * 3),
    fault: { kind: 'silent' },
    onFault: () => child.kill('SIGKILL'),
  });
  const [, signal] = await closed;
  if (signal !== 'SIGKILL') return `${key}: the upload was over before it was killed`;
  if (bucket.object(key) !== undefined) return `${key}: something is visible after a kill`;
  await store.putFile(file.path, key, VIDEO);
  return differenceOf(bucket, key, file.bytes);
}

async function flipOneBit(
  { random, scale }: ScenarioContext,
  { bucket, store, directory }: RenderingScene,
  key: string,
): Promise<Problem> {
  const file = await makeFile(directory, sizeOf(random, scale));
  const parts = Math.ceil(file.bytes.length / PART_BYTES);
  bucket.fail({
    method: 'PUT',
    url: /upload_id=/,
    nth: 1 + Math.floor(random() * parts),
    fault: { kind: 'corrupt-upload' },
  });
  const failure = await failureOf(store.putFile(file.path, key, VIDEO));
  if (failure?.code !== 'STORAGE_FAILED' || !failure.retryable) return `${key}: ${failure ?? 'accepted'}`;
  if (bucket.object(key) !== undefined) return `${key}: an altered object is visible`;
  await store.putFile(file.path, key, VIDEO);
  return differenceOf(bucket, key, file.bytes);
}

async function twoWriters(
  { random, scale }: ScenarioContext,
  { bucket, store, directory }: RenderingScene,
  key: string,
): Promise<Problem> {
  const files = [
    await makeFile(directory, sizeOf(random, scale), 'one'),
    await makeFile(directory, sizeOf(random, scale), 'other'),
  ];
  // One of them is held up for a moment, so that now this one is first and now that one.
  const fault = { delayMs: Math.floor(random() * 30) };
  bucket.fail({ method: 'PUT', url: /upload_id=/, nth: 1 + Math.floor(random() * 3), fault });
  const failures = await Promise.all(files.map(({ path }) => failureOf(store.putFile(path, key, VIDEO))));
  const winner = failures.indexOf(undefined);
  const told = failures[1 - winner];
  if (winner === -1 || told?.code !== 'STORAGE_EXISTS') return `${key}: ${failures.join(' and ')}`;
  if (bucket.writesOf(key) !== 1) return `${key}: written ${bucket.writesOf(key)} times`;
  return differenceOf(bucket, key, files[winner]?.bytes ?? Buffer.alloc(0));
}

/** A job stands still when it is about to upload; another one takes the task over and ends it; the first goes on. */
async function secondJob(context: ScenarioContext, scene: RenderingScene): Promise<Problem> {
  const taskId = await scene.makeTask();
  const environment = { ...scene.jobEnvironment, TASK_ID: taskId };
  const findJob = async (): Promise<undefined> => undefined;
  const uploading = jobAt({ point: 'uploading', scene, taskId, random: context.random, findJob });
  await scene.orderLaunch(taskId);
  const first = await startJob(context, environment);
  await uploading;
  signalProcess(first.pid, 'SIGSTOP');
  const faultless = await startJob(context, environment);
  await untilEnded(scene, taskId);
  const second = await faultless.ended;
  const before = await findTask(scene.db, taskId);
  signalProcess(first.pid, 'SIGCONT');
  const { exitCode, output } = await first.ended;
  const after = await findTask(scene.db, taskId);
  const writes = scene.bucket.writesOf(outputKeyOfTask(taskId));
  if (second.exitCode !== 0) return `the job that took over ended with ${second.exitCode}: ${second.output}`;
  if (exitCode !== 0) return `the job that was late ended with ${exitCode}: ${output}`;
  if (writes !== 1) return `the video of ${taskId} was written ${writes} times`;
  if (JSON.stringify(before) !== JSON.stringify(after)) return `the late job changed the row of ${taskId}`;
  return rowProblem(scene, taskId);
}

async function alteredVideo(context: ScenarioContext, scene: RenderingScene): Promise<Problem> {
  const taskId = await scene.makeTask();
  const environment = { ...scene.jobEnvironment, TASK_ID: taskId };
  await scene.orderLaunch(taskId);
  scene.bucket.fail({ method: 'PUT', url: /upload_id=/, fault: { kind: 'corrupt-upload' } });
  const first = await (await startJob(context, environment)).ended;
  if (first.exitCode !== 75)
    return `with an altered video a job ended with ${first.exitCode}: ${first.output}`;
  if (scene.bucket.object(outputKeyOfTask(taskId)) !== undefined)
    return `an altered video of ${taskId} is visible`;
  const again = await (await startJob(context, environment)).ended;
  if (again.exitCode !== 0) return `tried again it ended with ${again.exitCode}: ${again.output}`;
  return rowProblem(scene, taskId);
}

async function rowProblem({ db, bucket }: RenderingScene, taskId: string): Promise<Problem> {
  const task = await findTask(db, taskId);
  const object = bucket.object(outputKeyOfTask(taskId));
  const isSame =
    object !== undefined &&
    task?.status === 'completed' &&
    task.result?.output_crc32c === object.crc32c &&
    task.result?.file_size === object.bytes.length;
  return isSame ? undefined : `the row of ${taskId} does not describe its video`;
}

function differenceOf(bucket: RenderingScene['bucket'], key: string, bytes: Buffer): Problem {
  const object = bucket.object(key);
  const isSame = object?.bytes.equals(bytes) === true && object.crc32c === crc32c(bytes);
  return isSame ? undefined : `${key}: stored is not what was sent`;
}

async function makeFile(directory: string, sizeBytes: number, name = 'upload') {
  const path = join(directory, `${name}.bin`);
  const bytes = randomBytes(sizeBytes);
  await writeFile(path, bytes);
  return { path, bytes };
}

/** From one byte to three parts, small ones as often as large ones. */
function sizeOf(random: Random, scale: Scale): number {
  return 1 + Math.floor(MAX_BYTES[scale] ** random());
}

function failureOf(work: Promise<unknown>): Promise<AppError | undefined> {
  return work.then(
    () => undefined,
    (thrown) => {
      if (thrown instanceof AppError) return thrown;
      throw thrown;
    },
  );
}
