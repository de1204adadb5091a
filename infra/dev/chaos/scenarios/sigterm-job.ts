import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findTask } from '@bachata-buddy/database';
import { FAULT_POINTS, type FaultPoint, jobAt, movesFor } from '../harness/fault-points.ts';
import { type JobProcess, startJob } from '../harness/job-process.ts';
import { makeRenderingScene, type RenderingScene, untilEnded } from '../harness/rendering-scene.ts';
import type { Scale, Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { processesOfGroup, signalProcess } from '../support/processes.ts';

/** How often in which stages. */
const ENDINGS: Readonly<Record<Scale, { timesEach: number; stages: readonly FaultPoint[] }>> = {
  small: { timesEach: 1, stages: ['mid-ffmpeg', 'about-to-upload'] },
  full: { timesEach: 10, stages: [...FAULT_POINTS, 'about-to-upload', 'uploading'] },
};
/** Of the ten that Cloud Run gives. */
const EXIT_WITHIN_MS = 8_000;
/** 128 + SIGTERM, or the end that it was just about to have. */
const EXIT_CODES = [143, 0];

export const sigtermJob: Scenario = {
  name: 'sigterm-job',
  promise: 'a job that is asked to end in any stage does so in time, and leaves nothing behind',
  run: runSigtermJob,
};

interface Ending {
  readonly exitMs: number;
  readonly problems: readonly string[];
  readonly status: string | undefined;
  readonly canBeRetried: boolean;
}

async function runSigtermJob(context: ScenarioContext): Promise<ScenarioResult> {
  const scene = await makeRenderingScene(context);
  const problems: string[] = [];
  const exitTimesMs: number[] = [];
  let retryable = 0;
  const { timesEach, stages } = ENDINGS[context.scale];
  for (const stage of stages) {
    const ofStage: Ending[] = [];
    for (let time = 1; time <= timesEach; time += 1) {
      // Whether what was left can really be retried is tried once a stage, or once in all.
      const triesAgain = time === 1 && (context.scale === 'full' || stage === 'about-to-upload');
      const ending = await endOnce(context, scene, stage, { triesAgain });
      ofStage.push(ending);
      exitTimesMs.push(ending.exitMs);
      if (ending.canBeRetried) retryable += 1;
      for (const problem of ending.problems) problems.push(`asked to end when ${stage}: ${problem}`);
    }
    const timesMs = ofStage.map(({ exitMs }) => exitMs).join(' ');
    const states = [...new Set(ofStage.map(({ status }) => status))].join(', ');
    context.say(`${stage}: ended in ${timesMs} ms, the task then ${states}`);
  }
  const slowestMs = Math.max(...exitTimesMs);
  if (context.scale === 'full' && slowestMs > EXIT_WITHIN_MS) {
    problems.push(`the slowest took ${slowestMs} ms to end`);
  }
  const summary = `${exitTimesMs.length} jobs ended in ${stages.length} stages, the slowest within ${slowestMs} ms, nothing left behind; ${retryable} tasks to be retried, ${exitTimesMs.length - retryable} at their end`;
  return { held: problems.length === 0, summary, problems };
}

async function endOnce(
  context: ScenarioContext,
  scene: RenderingScene,
  stage: FaultPoint,
  { triesAgain }: { readonly triesAgain: boolean },
): Promise<Ending> {
  const taskId = await scene.makeTask();
  const temporary = join(scene.tempDirectory, taskId);
  await mkdir(temporary);
  const environment = { ...scene.jobEnvironment, TASK_ID: taskId, JOB_TEMP_DIR: temporary };
  let job: JobProcess | undefined;
  const findJob = async (): Promise<number | undefined> => job?.pid;
  const arriving = jobAt({ point: stage, scene, taskId, random: context.random, findJob });
  await scene.orderLaunch(taskId, { moveCount: movesFor(stage) });
  job = await startJob(context, environment);
  await arriving;
  const askedAt = performance.now();
  signalProcess(job.pid, 'SIGTERM');
  const { exitCode, signal, output } = await job.ended;
  const exitMs = Math.round(performance.now() - askedAt);
  scene.bucket.clearFaults();
  const problems: string[] = [];
  if (!EXIT_CODES.includes(exitCode ?? -1)) problems.push(`exit code ${exitCode ?? signal}: ${output}`);
  const left = await processesOfGroup(job.pid);
  if (left.length > 0) problems.push(`left running: ${left.map(({ command }) => command[0]).join(', ')}`);
  const files = await readdir(temporary, { recursive: true });
  if (files.length > 0) problems.push(`left in the folder for temporary files: ${files.join(', ')}`);
  const task = await findTask(scene.db, taskId);
  const canBeRetried = task?.status === 'running' || task?.status === 'started';
  if (canBeRetried && triesAgain) {
    await startJob(context, environment);
    const { status, error } = await untilEnded(scene, taskId);
    if (status !== 'completed') problems.push(`tried again, it ended as ${status}: ${error}`);
  }
  return { exitMs, problems, status: task?.status, canBeRetried };
}
