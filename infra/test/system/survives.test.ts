import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findMediaTools } from '@bachata-buddy/media';
import { isAlive } from '@bachata-buddy/platform';
import t, { type Test } from 'tap';
import { childrenOf } from '../../dev/chaos/support/processes.ts';
import { followTask, signIn, startTask, type Task } from '../../dev/system/api-user.ts';
import { type HeldFfmpeg, makeHeldFfmpeg } from '../../dev/system/held-ffmpeg.ts';
import { type RunningSystem, startSystem } from '../../dev/system/running-system.ts';

/** Small pictures: what is asked is how jobs are led, not how fast they encode. */
const SMALL = { RENDER_CONCURRENCY: '1', RENDER_SIZE: '320x180' };

const SONG_SEC = 5;

/** Jobs live for seconds. */
const LOOK_EVERY_MS = 100;

/** Much of these tests is waiting: for a heartbeat to fall silent, for a process to end. */
t.jobs = 3;

const isRunning = ({ status }: Task): boolean => status === 'running';

/** Process ids of the jobs that this API started. */
async function jobsOf(system: RunningSystem): Promise<number[]> {
  const children = await childrenOf(system.api().pid ?? 0);
  return children
    .filter(({ command }) => command.some((word) => word.endsWith('job/main.js')))
    .map(({ pid }) => pid);
}

/** A system that runs one job at a time, and what holds that job at its work. */
async function startHeldSystem(t: Test): Promise<{ system: RunningSystem; ffmpeg: HeldFfmpeg }> {
  const { ffmpegPath } = await findMediaTools();
  const ffmpeg = await makeHeldFfmpeg(t, ffmpegPath);
  const environment = { ...SMALL, JOB_CONCURRENCY: '1', FFMPEG_PATH: ffmpeg.path };
  const system = await startSystem(t, { songDurationSec: SONG_SEC, isCatalogueShared: true, environment });
  await ffmpeg.hold();
  return { system, ffmpeg };
}

/** What lies beside each other in the folder for videos: those, and whatever is written there under another name first. */
async function outputsOf(system: RunningSystem): Promise<{ videos: string[]; halves: string[] }> {
  const names = await readdir(join(system.mediaDirectory, 'output'));
  return {
    videos: names.filter((name) => name.endsWith('.mp4')),
    halves: names.filter((name) => !/^choreography_.*\.(mp4|vtt|jpg)$/.test(name)),
  };
}

t.test(
  'twenty generations posted at once all complete, never more jobs at a time than configured',
  async (t) => {
    const environment = { ...SMALL, JOB_CONCURRENCY: '2' };
    const system = await startSystem(t, { songDurationSec: SONG_SEC, isCatalogueShared: true, environment });
    const ana = await signIn(system.origin, 'ana');
    let mostJobs = 0;
    const watching = new AbortController();
    const watch = (async () => {
      while (!watching.signal.aborted) {
        mostJobs = Math.max(mostJobs, (await jobsOf(system)).length);
        await sleep(LOOK_EVERY_MS);
      }
    })();
    const taskIds = await Promise.all(Array.from({ length: 20 }, () => startTask(ana)));
    t.equal(new Set(taskIds).size, 20);
    const ended = await Promise.all(taskIds.map((taskId) => followTask(ana, taskId)));
    watching.abort();
    await watch;
    t.same(
      ended.map(({ status, error }) => error ?? status),
      Array(20).fill('completed'),
    );
    t.equal(mostJobs, 2);
    const { videos, halves } = await outputsOf(system);
    t.same([videos.length, halves], [20, []], 'twenty videos, and nothing half-written');
  },
);

t.test('a job killed in the middle is started again and its task completes', async (t) => {
  const { system, ffmpeg } = await startHeldSystem(t);
  const ana = await signIn(system.origin, 'ana');
  const taskId = await startTask(ana);
  await followTask(ana, taskId, { isReached: isRunning });
  const [pid] = await jobsOf(system);
  if (pid === undefined) throw new Error('no job process is to be seen');
  process.kill(pid, 'SIGKILL');
  await ffmpeg.release();
  const task = await followTask(ana, taskId);
  t.equal(task.error ?? task.status, 'completed');
  t.same(await outputsOf(system), { videos: [`choreography_${taskId}.mp4`], halves: [] });
});

t.test(
  'after a kill -9 of the API, a restart brings every task to an end and leaves no orphan',
  async (t) => {
    const { system, ffmpeg } = await startHeldSystem(t);
    const ana = await signIn(system.origin, 'ana');
    const first = await startTask(ana);
    const second = await startTask(ana);
    await followTask(ana, first, { isReached: isRunning });
    const orphans = await jobsOf(system);
    t.equal(orphans.length, 1);
    system.api().kill('SIGKILL');
    while (orphans.some(isAlive)) await sleep(50);
    t.pass('the job ended with its API');
    await ffmpeg.release();
    await system.restart();
    for (const taskId of [first, second]) {
      const task = await followTask(ana, taskId);
      t.equal(task.error ?? task.status, 'completed');
    }
  },
);

t.test('an API that ends in order takes its job along, and the next one finishes the task', async (t) => {
  const { system, ffmpeg } = await startHeldSystem(t);
  const ana = await signIn(system.origin, 'ana');
  const taskId = await startTask(ana);
  await followTask(ana, taskId, { isReached: isRunning });
  const jobs = await jobsOf(system);
  t.equal(jobs.length, 1);
  await system.restart();
  t.notOk(jobs.some(isAlive), 'no orphan');
  await ffmpeg.release();
  const task = await followTask(ana, taskId);
  t.equal(task.error ?? task.status, 'completed');
});
