import { setTimeout as sleep } from 'node:timers/promises';
import { findTask } from '@bachata-buddy/database';
import { locateMediaTools } from '@bachata-buddy/media';
import { makeHeldFfmpeg } from '../../system/held-ffmpeg.ts';
import { makeCloudScene } from '../harness/cloud-scene.ts';
import { type PostgresProxy, startPostgresProxy } from '../harness/postgres-proxy.ts';
import { queueTask } from '../harness/queued-tasks.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { until } from '../support/wait-until.ts';

interface Figures {
  readonly awaySec: readonly number[];
  readonly apiCounts: readonly number[];
  readonly taskCount: number;
  /** After all is well, so long nobody may be taken for dead. */
  readonly watchedSec: number;
}

const FIGURES: Readonly<Record<ScenarioContext['scale'], Figures>> = {
  small: { awaySec: [3], apiCounts: [1], taskCount: 2, watchedSec: 3 },
  full: { awaySec: [35, 60, 120], apiCounts: [1, 5], taskCount: 10, watchedSec: 45 },
};
const PATIENCE = { timeoutMs: 300_000, pollMs: 200 };

/** Jobs that are at work on Cloud Run while their database cannot be reached, and the APIs that watch over them. */
export const databaseAway: Scenario = {
  name: 'database-away',
  promise: 'jobs that live on through an outage of the database are not taken for dead, by however many APIs',
  async run(context) {
    const { awaySec, apiCounts } = FIGURES[context.scale];
    const results: ScenarioResult[] = [];
    for (const apiCount of apiCounts) {
      for (const seconds of awaySec) {
        const result = await outlive(context, apiCount, seconds);
        context.say(result.summary);
        results.push(result);
      }
    }
    const problems = results.flatMap((result) => result.problems);
    return {
      held: problems.length === 0,
      summary: results.map(({ summary }) => summary).join('; '),
      problems,
    };
  },
};

async function outlive(context: ScenarioContext, apiCount: number, awaySec: number): Promise<ScenarioResult> {
  const { taskCount, watchedSec } = FIGURES[context.scale];
  const { ffmpegPath, ffprobePath } = await locateMediaTools();
  const held = await makeHeldFfmpeg(context, ffmpegPath);
  await held.hold();
  let proxy: PostgresProxy | undefined;
  const scene = await makeCloudScene(context, {
    machines: taskCount,
    jobEnvironment: { FFMPEG_PATH: held.path, FFPROBE_PATH: ffprobePath },
    throughDatabase: async (url) => {
      const opened = await startPostgresProxy(url);
      context.teardown(() => opened.close());
      proxy = opened;
      return opened.url;
    },
  });
  if (proxy === undefined) throw new Error('The scene asked for no way to its database');
  const apis = await Promise.all(
    Array.from({ length: apiCount }, () =>
      scene.makeApi({ environment: { CLOUD_RUN_MAX_EXECUTIONS: String(taskCount) } }),
    ),
  );
  await Promise.all(apis.map((api) => api.start()));
  const taskIds: string[] = [];
  for (let count = 0; count < taskCount; count += 1) {
    taskIds.push(await queueTask(scene.db, { userId: scene.userId }));
  }
  const tasks = () => Promise.all(taskIds.map((taskId) => findTask(scene.db, taskId)));
  const areAll = async (status: string): Promise<boolean> =>
    (await tasks()).every((task) => task?.status === status);
  // Not only taken up: who has not heard yet that it may begin asks again, which is another attempt.
  await until('all jobs at work', async () => (await held.countHeld()) === taskCount, PATIENCE);

  proxy.silence();
  await sleep(awaySec * 1_000);
  proxy.heal();
  await sleep(watchedSec * 1_000);
  const { calls, executions } = scene.platform.server;
  const cancelled = calls.filter(({ method }) => method === 'CancelExecution').length;
  const early = executions.filter(({ hasEnded }) => hasEnded).length;
  await held.release();
  await until('the end of all tasks', () => areAll('completed'), PATIENCE);
  const attempts = Math.max(...(await tasks()).map((task) => task?.attempt ?? 0));
  await Promise.all(apis.map((api) => api.stop()));

  const problems: string[] = [];
  const about = `${apiCount} APIs, database away for ${awaySec} s`;
  if (cancelled > 0) problems.push(`${about}: ${cancelled} executions were cancelled`);
  if (early > 0) problems.push(`${about}: ${early} executions ended while they were held at their work`);
  if (executions.length > taskCount) problems.push(`${about}: ${executions.length} executions were made`);
  if (attempts > 1) problems.push(`${about}: a task was taken up ${attempts} times`);
  const summary = `${about}: ${cancelled} of ${taskCount} healthy executions cancelled, highest attempt ${attempts}`;
  return { held: problems.length === 0, summary, problems };
}
