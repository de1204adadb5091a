import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findTask } from '@bachata-buddy/database';
import { findMediaTools, runFfmpeg } from '@bachata-buddy/media';
import { ROOT_DIRECTORY } from '../../../paths.ts';
import { startJob } from '../harness/job-process.ts';
import { makeRenderingScene, type RenderingScene } from '../harness/rendering-scene.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { type GroupUsage, watchGroup } from '../support/group-usage.ts';

/** Five minutes at 1080p; 8 s clips as one films them, each move another part of one. */
const VIDEO = {
  small: { moveCount: 2, moveSec: 1, size: '160x90', clips: 2 },
  full: { moveCount: 75, moveSec: 4, size: '1920x1080', clips: 12 },
} as const;
const CLIP_SEC = 9;
/** As many ffmpegs at a time as the deployed job has processors for. */
const RENDER_CONCURRENCY = '4';
const ALLOWED_SHARE = 0.7;
const MEGABYTE = 1_000_000;

export const memory: Scenario = {
  name: 'memory',
  promise: 'five minutes at 1080p need at most 70 % of the memory that the job is deployed with',
  run: runMemory,
};

async function runMemory(context: ScenarioContext): Promise<ScenarioResult> {
  const { moveCount, moveSec, size } = VIDEO[context.scale];
  const scene = await makeRenderingScene(context, { RENDER_SIZE: size, RENDER_CONCURRENCY });
  const clipKeys = await storeClips(scene, VIDEO[context.scale]);
  const taskId = await scene.makeTask();
  await scene.orderLaunch(taskId, { moveCount, moveSec, clipKeys });
  const before = await filesOutside(scene);
  const job = await startJob(context, { ...scene.jobEnvironment, TASK_ID: taskId });
  const usage = await watchGroup(job.pid, scene.tempDirectory, job.ended);
  const { exitCode, output } = await job.ended;
  const problems: string[] = [];
  const task = await findTask(scene.db, taskId);
  if (exitCode !== 0 || task?.status !== 'completed') {
    problems.push(`the job ended with ${exitCode}, its task is ${task?.status}: ${output.slice(-2_000)}`);
  }
  const { limitBytes, isDiskInMemory } = await readDeployment();
  const usedBytes = isDiskInMemory ? usage.peakTogetherBytes : usage.peakResidentBytes;
  if (context.scale === 'full' && usedBytes > limitBytes * ALLOWED_SHARE) {
    problems.push(`what lies in memory came to ${megabytes(usedBytes)} MB`);
  }
  problems.push(...usage.strayFiles.map((path) => `open for writing outside the folder: ${path}`));
  const strays = (await filesOutside(scene)).filter((path) => !before.includes(path));
  problems.push(...strays.map((path) => `left outside the folder: ${path}`));
  const left = await readdir(scene.tempDirectory);
  if (left.length > 0) problems.push(`left in the folder for temporary files: ${left.join(', ')}`);
  return {
    held: problems.length === 0,
    summary: summaryOf(usage, limitBytes, moveCount * moveSec, size),
    problems,
  };
}

function summaryOf(usage: GroupUsage, limitBytes: number, durationSec: number, size: string): string {
  const shareOf = (bytes: number): string => `${((bytes / limitBytes) * 100).toFixed(0)} %`;
  return (
    `${durationSec} s at ${size}, at most ${usage.mostFfmpegs} ffmpegs at once: peak ${megabytes(usage.peakResidentBytes)} MB resident, ${shareOf(usage.peakResidentBytes)} of ${megabytes(limitBytes)} MB ` +
    `(${megabytes(usage.peakNodeBytes)} MB of it Node at most), ${megabytes(usage.peakTempBytes)} MB of temporary files; together ` +
    `${megabytes(usage.peakTogetherBytes)} MB, ${shareOf(usage.peakTogetherBytes)}; ${usage.samples} samples, ${usage.strayFiles.length} files written elsewhere`
  );
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(0);
}

/** What the rendering job's container is given, and whether its temporary files count against that: as Terraform has it. */
async function readDeployment(): Promise<{ limitBytes: number; isDiskInMemory: boolean }> {
  const variables = await readFile(join(ROOT_DIRECTORY, 'infra/terraform/variables.tf'), 'utf8');
  const defaultOf = (name: string): string => {
    const block = new RegExp(`^variable "${name}" \\{[\\s\\S]*?^\\}`, 'm').exec(variables)?.[0] ?? '';
    const found = /^ {2}default\s*=\s*"?(\w+)"?$/m.exec(block)?.[1];
    if (found === undefined) throw new Error(`The default of ${name} is not to be found`);
    return found;
  };
  return {
    limitBytes: Number(defaultOf('render_memory_gib')) * 1_024 ** 3,
    isDiskInMemory: defaultOf('scratch_medium') === 'MEMORY',
  };
}

/** Clips with movement all over the picture, which are the hardest to decode and to encode. */
async function storeClips(
  { store, directory }: RenderingScene,
  { clips, size }: (typeof VIDEO)['small' | 'full'],
): Promise<string[]> {
  const tools = await findMediaTools();
  const keys: string[] = [];
  for (let index = 0; index < clips; index += 1) {
    const path = join(directory, `clip-${index}.mp4`);
    const picture = `testsrc2=size=${size}:rate=30,noise=alls=12:allf=t,hue=h=${index * 30}`;
    await runFfmpeg({
      tools,
      args: [
        ...['-f', 'lavfi', '-i', picture, '-t', String(CLIP_SEC), '-pix_fmt', 'yuv420p'],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '26', path],
      ],
    });
    await store.putFile(path, `clips/moving-${index}.mp4`, { contentType: 'video/mp4' });
    keys.push(`clips/moving-${index}.mp4`);
  }
  return keys;
}

/** Of the places where a program might put files: HOME, TMPDIR and the folder that it runs in are all this one. */
async function filesOutside({ directory, tempDirectory }: RenderingScene): Promise<string[]> {
  const files = await readdir(directory, { recursive: true });
  return files.filter((file) => !join(directory, file).startsWith(tempDirectory));
}
