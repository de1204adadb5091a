import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTask } from '@bachata-buddy/database';
import { findMediaTools } from '@bachata-buddy/media';
import { startJob } from '../infra/dev/chaos/harness/job-process.ts';
import { makeRenderingScene, type RenderingScene } from '../infra/dev/chaos/harness/rendering-scene.ts';
import { withTeardown } from '../infra/dev/system/teardown.ts';
import { infraError } from '../infra/errors.ts';
import { median } from './median.ts';

const BARE_JOB = fileURLToPath(new URL('bare-job.mjs', import.meta.url));
/** From the start of the process to its first call of ffmpeg that works on something. */
const WANTED_SEC = 1.5;

export interface JobStartOptions {
  readonly rounds: number;
  readonly say: (line: string) => void;
}

/**
 * How long the job takes from its start to its first work with ffmpeg, as an image holds it: configuration, the claim of
 * its task in the database, its blueprint, the clip from the bucket. Beside it a program that asks the database one
 * thing and calls ffmpeg.
 *
 * @throws AppError `BENCH` where the middle one takes longer than is wanted
 */
export async function benchJobStart({ rounds, say }: JobStartOptions): Promise<void> {
  await withTeardown(async (context) => {
    const scene = await makeRenderingScene(context);
    const ffmpeg = await makeNotedFfmpeg(scene);
    const environment = { ...scene.jobEnvironment, FFMPEG_PATH: ffmpeg.path, FFPROBE_PATH: ffmpeg.probePath };
    const sides = {
      ours: () => runJob(context, scene, environment),
      bare: () => runBareJob(environment),
    };
    const startsSec: Record<keyof typeof sides, number[]> = { ours: [], bare: [] };
    say('job: from its start to its first work with ffmpeg');
    // The first round warms the files up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const side of ['ours', 'bare'] as const) {
        await rm(ffmpeg.notesPath, { force: true });
        const startedAtMs = await sides[side]();
        const startSec = ((await ffmpeg.firstWorkAtMs()) - startedAtMs) / 1_000;
        if (round === 0) continue;
        startsSec[side].push(startSec);
        say(`  round ${round}  ${side}  ${startSec.toFixed(2)} s`);
      }
    }
    const middle = { ours: median(startsSec.ours), bare: median(startsSec.bare) };
    const ratio = middle.ours / middle.bare;
    say(
      `  the job takes ${middle.ours.toFixed(2)} s (wanted: ${WANTED_SEC}), ${ratio.toFixed(2)} times as long as the bare program`,
    );
    if (middle.ours > WANTED_SEC)
      throw infraError('BENCH_FAILED', `The job takes longer than ${WANTED_SEC} s to its first work.`);
  });
}

/** The real ffmpeg, which notes when it is called with something to read. */
async function makeNotedFfmpeg({ directory }: RenderingScene) {
  const { ffmpegPath, ffprobePath } = await findMediaTools();
  const path = join(directory, 'noted-ffmpeg');
  const notesPath = join(directory, 'calls');
  await writeFile(
    path,
    `#!/bin/sh\ncase " $* " in *" -i "*) date +%s%3N >>'${notesPath}';; esac\nexec '${ffmpegPath}' "$@"\n`,
  );
  await chmod(path, 0o755);
  const firstWorkAtMs = async (): Promise<number> =>
    Number((await readFile(notesPath, 'utf8')).split('\n')[0]);
  return { path, probePath: ffprobePath, notesPath, firstWorkAtMs };
}

/** @returns when it was started */
async function runJob(
  context: Parameters<typeof startJob>[0],
  scene: RenderingScene,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const taskId = await scene.makeTask();
  await scene.orderLaunch(taskId);
  const startedAtMs = Date.now();
  const { ended } = await startJob(context, { ...environment, TASK_ID: taskId });
  const { exitCode, output } = await ended;
  const task = await findTask(scene.db, taskId);
  if (exitCode !== 0 || task?.status !== 'completed')
    throw infraError('BENCH_FAILED', `The job ended with ${exitCode}: ${output}`);
  return startedAtMs;
}

/** @returns when it was started */
async function runBareJob(environment: Readonly<Record<string, string>>): Promise<number> {
  const startedAtMs = Date.now();
  const child = spawn(process.execPath, [BARE_JOB], { env: environment, stdio: 'inherit' });
  await once(child, 'close');
  return startedAtMs;
}
