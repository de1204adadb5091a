import { setTimeout as sleep } from 'node:timers/promises';
import { cancelTask } from '@bachata-buddy/database';
import { MAX_ATTEMPTS } from '@bachata-buddy/vocabulary';
import { startJob } from '../harness/job-process.ts';
import { makeRenderingScene, type RenderingScene, untilEnded } from '../harness/rendering-scene.ts';
import { startRenderingService } from '../harness/rendering-service.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { signalProcess } from '../support/processes.ts';
import { until } from '../support/wait-until.ts';

const WORKERS = { small: 1, full: 40 } as const;
const SIDE_BY_SIDE = 8;
const DECIDED_WITHIN_SEC = 45;
/** So far into its life a worker dies, at most: beyond its first heartbeats. */
const MAX_AGE_MS = { small: 1_000, full: 12_000 } as const;
/** Long enough to be at it when the time has come. */
const MOVE_COUNT = 400;

export const silentWorker: Scenario = {
  name: 'silent-worker',
  promise: 'a job that dies with the machine it was on is launched again, or its task failed, within 45 s',
  run: runSilentWorker,
};

async function runSilentWorker(context: ScenarioContext): Promise<ScenarioResult> {
  const scene = await makeRenderingScene(context);
  // It has room for jobs, but is given nothing to do except what the dead leave.
  const service = await startRenderingService(context, scene, { JOB_CONCURRENCY: '1' });
  const problems: string[] = [];
  const decidedAfterMs: number[] = [];
  const total = WORKERS[context.scale];
  let begun = 0;
  let failed = 0;
  const work = async (): Promise<void> => {
    while (begun < total) {
      begun += 1;
      // Every second one has used up its launches.
      const launches = begun % 2 === 0 ? MAX_ATTEMPTS : 1;
      const { afterMs, outcome } = await dieOnce(context, scene, launches);
      decidedAfterMs.push(afterMs);
      if (outcome === 'failed') failed += 1;
      if ((outcome === 'failed') !== (launches === MAX_ATTEMPTS)) {
        problems.push(`after launch ${launches} of a task it was ${outcome}`);
      }
      context.say(`decided after ${(afterMs / 1_000).toFixed(1)} s: ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  const slowestSec = Math.max(...decidedAfterMs) / 1_000;
  if (context.scale === 'full' && slowestSec > DECIDED_WITHIN_SEC) {
    problems.push(`the slowest decision took ${slowestSec} s`);
  }
  if (!service.isRunning()) problems.push('the API has ended');
  const sorted = decidedAfterMs.sort((a, b) => a - b);
  const medianSec = (sorted[Math.floor(sorted.length / 2)] ?? 0) / 1_000;
  const summary = `${total} dead workers: ${total - failed} tasks launched again, ${failed} failed with a reason; decided after ${medianSec.toFixed(1)} s (median), ${slowestSec.toFixed(1)} s (slowest)`;
  return { held: problems.length === 0, summary, problems };
}

type Outcome = 'launched again' | 'failed';

/** One job on "another machine", which goes down with it. */
async function dieOnce(
  context: ScenarioContext,
  scene: RenderingScene,
  launches: number,
): Promise<{ afterMs: number; outcome: Outcome }> {
  const ageMs = context.random() * MAX_AGE_MS[context.scale];
  const taskId = await orderedElsewhere(scene, launches);
  const job = await startJob(context, { ...scene.jobEnvironment, TASK_ID: taskId });
  await until('a claim', async () => (await stateOf(scene, taskId)).attempt > 0);
  await sleep(ageMs);
  signalProcess(-job.pid, 'SIGKILL');
  const diedAt = performance.now();
  const { signal, output } = await job.ended;
  if (signal !== 'SIGKILL') throw new Error(`The job ended before its time: ${output}`);
  const decided = async (): Promise<Outcome | undefined> => {
    const state = await stateOf(scene, taskId);
    if (state.status === 'failed') return 'failed';
    return state.orderState === 'queued' || state.launches > launches ? 'launched again' : undefined;
  };
  const outcome = await until('a decision', decided, { pollMs: 100, timeoutMs: 300_000 });
  const afterMs = performance.now() - diedAt;
  await endTask(scene, taskId, outcome);
  return { afterMs, outcome };
}

/** A task whose launch another instance has taken. */
async function orderedElsewhere(scene: RenderingScene, launches: number): Promise<string> {
  for (;;) {
    const taskId = await scene.makeTask();
    await scene.orderLaunch(taskId, { moveCount: MOVE_COUNT });
    const take = `update launch_orders set state = 'launched', launched_at = clock_timestamp(), launches = $2,
      submissions = 1, owner = 'another machine' where task_id = $1 and state = 'queued'`;
    const { rowCount } = await scene.db.pool.query(take, [taskId, launches]);
    if (rowCount === 1) return taskId;
    // The service was faster: it may not keep it.
    await cancel(scene, taskId);
  }
}

/** What is launched again would render for minutes; that it does is shown elsewhere. */
async function endTask(scene: RenderingScene, taskId: string, outcome: Outcome): Promise<void> {
  if (outcome === 'launched again') await cancel(scene, taskId);
  await untilEnded(scene, taskId);
}

async function cancel({ db, userId }: RenderingScene, taskId: string): Promise<void> {
  await cancelTask(db, taskId, userId);
}

interface TaskState {
  readonly status: string;
  readonly attempt: number;
  readonly orderState: string;
  readonly launches: number;
}

async function stateOf({ db }: RenderingScene, taskId: string): Promise<TaskState> {
  const { rows } = await db.pool.query<TaskState>(
    `select t.status, t.attempt, o.state as "orderState", o.launches
     from choreography_tasks t join launch_orders o using (task_id) where task_id = $1`,
    [taskId],
  );
  const [state] = rows;
  if (state === undefined) throw new Error(`There is no task ${taskId}`);
  return state;
}
