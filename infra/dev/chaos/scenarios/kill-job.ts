import type { TaskWithSong } from '@bachata-buddy/database';
import { outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { FAULT_POINTS, type FaultPoint, jobAt, movesFor } from '../harness/fault-points.ts';
import { makeRenderingScene, type RenderingScene, untilEnded } from '../harness/rendering-scene.ts';
import { type RenderingService, startRenderingService } from '../harness/rendering-service.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { findJob, signalProcess } from '../support/processes.ts';

/** How often at which points. */
const KILLS = {
  small: { timesEach: 1, points: ['mid-ffmpeg', 'uploaded-not-committed'] },
  full: { timesEach: 25, points: FAULT_POINTS },
} as const;
/** Tasks under way at a time: some render while others wait to be launched again. */
const AT_ONCE = 3;

/** Kills the first job of many tasks, each at another moment, and looks what the service makes of them. */
export const killJob: Scenario = {
  name: 'kill-job',
  promise: 'a job killed at any moment leaves one whole video, and its task comes to its end',
  run: runKillJob,
};

async function runKillJob(context: ScenarioContext): Promise<ScenarioResult> {
  const scene = await makeRenderingScene(context);
  const service = await startRenderingService(context, scene, { JOB_CONCURRENCY: '2' });
  const { timesEach, points } = KILLS[context.scale];
  const cases: FaultPoint[] = Array.from({ length: timesEach }, () => points).flat();
  const problems: string[] = [];
  const figures = { ended: 0, completed: 0, duplicates: 0, same: 0 };
  const work = async (): Promise<void> => {
    for (let point = cases.shift(); point !== undefined; point = cases.shift()) {
      const { task, taskId } = await killOnce(context, { scene, service }, point);
      const found = examine(scene, taskId, task);
      figures.ended += 1;
      if (task.status === 'completed') figures.completed += 1;
      figures.duplicates += Math.max(0, scene.bucket.writesOf(outputKeyOfTask(taskId)) - 1);
      if (found.length === 0) figures.same += 1;
      for (const problem of found) problems.push(`killed at ${point}, task ${taskId}: ${problem}`);
      if (figures.ended % 25 === 0) context.say(`${figures.ended} of ${cases.length} tasks have ended`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (!service.isRunning()) problems.push('the API has ended');
  const { ended, completed, duplicates, same } = figures;
  const of = `/${cases.length}`;
  const summary = `${ended}${of} reached an end (${completed} completed), ${duplicates} duplicate objects, ${same}${of} with the facts of the stored object`;
  return { held: problems.length === 0, summary, problems };
}

interface Parts {
  readonly scene: RenderingScene;
  readonly service: RenderingService;
}

async function killOnce(
  { random, say }: ScenarioContext,
  { scene, service }: Parts,
  point: FaultPoint,
): Promise<{ taskId: string; task: TaskWithSong }> {
  for (;;) {
    const taskId = await scene.makeTask();
    const moment = { point, scene, taskId, random, findJob: () => findJob(service.pid, taskId) };
    const arriving = jobAt(moment);
    await scene.orderLaunch(taskId, { moveCount: movesFor(point) });
    const pid = await arriving;
    if (pid !== undefined) signalProcess(pid, 'SIGKILL');
    const task = await untilEnded(scene, taskId);
    if (pid !== undefined) return { taskId, task };
    say(`a job was over before it could be killed at ${point}: once more`);
  }
}

/** What a task says of its video, against what is stored. */
function examine({ bucket }: RenderingScene, taskId: string, task: TaskWithSong): string[] {
  const key = outputKeyOfTask(taskId);
  const object = bucket.object(key);
  const problems: string[] = [];
  if (task.status !== 'completed') problems.push(`it ended as ${task.status}: ${task.error}`);
  if (bucket.writesOf(key) !== 1) problems.push(`its video was written ${bucket.writesOf(key)} times`);
  if (object === undefined) return [...problems, 'there is no video'];
  if (task.result?.file_size !== object.bytes.length) {
    problems.push(`the row says ${task.result?.file_size} bytes, the object has ${object.bytes.length}`);
  }
  if (task.result?.output_crc32c !== object.crc32c) {
    problems.push(`the row says CRC ${task.result?.output_crc32c}, the object ${object.crc32c}`);
  }
  return problems;
}
