import { setTimeout as sleep } from 'node:timers/promises';
import { findTask } from '@bachata-buddy/database';
import { outputKeyOfTask } from '@bachata-buddy/vocabulary';
import type { ApiProcess } from '../../system/api-process.ts';
import { type CloudScene, makeCloudScene } from '../harness/cloud-scene.ts';
import { queueTask } from '../harness/queued-tasks.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { installTaskAudit, type TaskAudit } from '../harness/task-audit.ts';
import { judgeHistories } from '../harness/task-histories.ts';
import { pick } from '../support/random.ts';

/** Tasks, how long APIs are killed, and the longest pause between two kills. */
const FIGURES = {
  small: { taskCount: 6, killForMs: 1_000, pauseMs: 1_500 },
  full: { taskCount: 500, killForMs: 120_000, pauseMs: 6_000 },
} as const;
/** Rendering programs at once. */
const MACHINES = 4;
const POLL_MS = 250;
const SAY_EVERY_MS = 15_000;
const GIVE_UP_AFTER_MS = 3_600_000;

/** A long queue of real jobs, and three APIs that work on it while they are killed at random. */
export const queueOf500: Scenario = {
  name: 'queue-of-500',
  promise:
    'however APIs die over a long queue, each task reaches one end, with one video, attempts only rising',
  async run(context) {
    const { taskCount, killForMs } = FIGURES[context.scale];
    const scene = await makeCloudScene(context, { machines: MACHINES });
    const audit = await installTaskAudit(scene.db);
    const taskIds: string[] = [];
    for (let index = 0; index < taskCount; index += 1) {
      taskIds.push(await queueTask(scene.db, { userId: scene.userId }));
    }
    const apis = [await scene.makeApi(), await scene.makeApi(), await scene.makeApi()] as const;
    await Promise.all(apis.map((api) => api.start()));
    const [kills] = await Promise.all([
      killAtRandom(apis, context),
      untilEnded(audit, context, Date.now() + killForMs),
    ]);
    return judge({ scene, audit, taskIds, kills });
  },
};

/** Each API is started again as soon as it has died. @returns how many died */
async function killAtRandom(
  apis: readonly [ApiProcess, ...ApiProcess[]],
  { scale, random }: ScenarioContext,
): Promise<number> {
  const { killForMs, pauseMs } = FIGURES[scale];
  const deadline = Date.now() + killForMs;
  const starting = new Map<ApiProcess, Promise<void>>();
  let kills = 0;
  while (Date.now() < deadline) {
    await sleep(random() * pauseMs);
    const api = pick(random, apis);
    await starting.get(api);
    await api.kill();
    kills += 1;
    starting.set(api, api.start());
  }
  await Promise.all(starting.values());
  return kills;
}

/** Not before that moment: an API may die over tasks that have all ended, too. */
async function untilEnded(audit: TaskAudit, { say }: ScenarioContext, notBefore: number): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  let saidAt = Date.now();
  while ((await audit.countOpen()) > 0 || Date.now() < notBefore) {
    if (Date.now() > giveUpAt) throw new Error(`tasks have not ended in an hour: ${await audit.describe()}`);
    await sleep(POLL_MS);
    if (Date.now() - saidAt < SAY_EVERY_MS) continue;
    saidAt = Date.now();
    say(await audit.describe());
  }
}

interface Evidence {
  readonly scene: CloudScene;
  readonly audit: TaskAudit;
  readonly taskIds: readonly string[];
  readonly kills: number;
}

async function judge({ scene, audit, taskIds, kills }: Evidence): Promise<ScenarioResult> {
  const { bucket, db, platform } = scene;
  const histories = await audit.histories();
  const { ends, highestAttempt, problems: found } = judgeHistories(histories);
  const problems = [...found];
  if (histories.length !== taskIds.length) problems.push(`${histories.length} tasks have a history`);
  let twice = 0;
  for (const taskId of taskIds) {
    const task = await findTask(db, taskId);
    const writes = bucket.server.writesOf(outputKeyOfTask(taskId));
    const sizeBytes = bucket.server.object(outputKeyOfTask(taskId))?.bytes.length;
    if (writes > 1) twice += 1;
    if (writes > 1 || (task?.status === 'completed' && sizeBytes !== task.result?.file_size))
      problems.push(`task ${taskId} is ${task?.status}: ${writes} videos, the last of ${sizeBytes} bytes`);
  }
  const submissions = platform.server.calls.filter(({ method }) => method === 'RunJob').length;
  return {
    held: problems.length === 0,
    summary:
      `${kills} kills of three APIs, ${taskIds.length} tasks: ${ends.completed ?? 0} completed, ` +
      `${ends.failed ?? 0} failed; ${submissions} submissions, ${platform.server.executions.length} executions, ` +
      `highest attempt ${highestAttempt}, ${twice} tasks with two videos`,
    problems,
  };
}
