import { randomUUID } from 'node:crypto';
import { findBlueprint, findTask, type Song } from '@bachata-buddy/database';
import { outputKeyOfTask } from '@bachata-buddy/vocabulary';
import type { ApiProcess } from '../../system/api-process.ts';
import { type ApiUser, registerUser } from '../../system/api-user.ts';
import { type CloudScene, makeCloudScene } from '../harness/cloud-scene.ts';
import { installGates } from '../harness/database-gates.ts';
import { KILL_POINTS, type KillPointContext, type KillPointName } from '../harness/kill-points.ts';
import type { Scale, Scenario, ScenarioResult } from '../harness/scenario.ts';
import { stockCatalogue } from '../harness/stock-catalogue.ts';
import { installTaskAudit, type TaskAudit } from '../harness/task-audit.ts';
import { judgeHistories, type Outage } from '../harness/task-histories.ts';
import { until } from '../support/wait-until.ts';

const MAX_WAIT_SEC = 60;
const PATIENCE = { timeoutMs: 300_000, pollMs: 100 };

/** How often the API is killed at which point. */
const KILLS: Readonly<Record<Scale, Partial<Readonly<Record<KillPointName, number>>>>> = {
  small: { 'a task written': 1, 'a call carried out and not answered': 1 },
  full: {
    'a task being written': 5,
    'a task written': 5,
    'a blueprint being stored': 5,
    'a blueprint and an order stored': 5,
    'an order being taken': 5,
    'an order taken': 5,
    'a call received': 5,
    'a call carried out and not answered': 5,
    'a hand-over being noted': 5,
    'any moment': 25,
  },
};

interface Asking {
  readonly song: Song;
  readonly user: ApiUser;
}

type KillContext = KillPointContext & Asking & { readonly api: ApiProcess };

/** The API dies between a request and what comes of it, again and again, and is started again each time. */
export const killApi: Scenario = {
  name: 'kill-api',
  promise: 'an API killed at any moment leaves no task without progress for 60 s, and none that runs twice',
  async run(context) {
    const { scale, random, say } = context;
    const scene = await makeCloudScene(context);
    const audit = await installTaskAudit(scene.db);
    const gates = await installGates(scene.db);
    const song = await stockCatalogue(scene.db);
    const api = await scene.makeApi();
    await api.start();
    const user = await registerUser(api.origin, 'ana');
    const found = new Map<string, number>();
    const outages: Outage[] = [];
    const asked: AskedTask[] = [];
    const points = Object.entries(KILLS[scale]) as [KillPointName, number][];
    for (const [point, count] of points) {
      for (let index = 0; index < count; index += 1) {
        const { diedAtMs, ...task } = await killAt(point, { scene, gates, random, api, song, user });
        found.set(task.place, (found.get(task.place) ?? 0) + 1);
        asked.push(task);
        if (scale === 'small') await letTimePass(scene);
        await api.start();
        outages.push({ fromMs: diedAtMs, toMs: Date.now() });
        if (scale === 'small') await untilEnded(audit);
      }
      say(`killed ${count} times at ${point}: ${await audit.describe()}`);
    }
    await untilEnded(audit);
    const repeats = await repeatOrdered(asked, { song, user });
    return judge({ scene, audit, found, outages, repeats, scale });
  },
};

async function untilEnded(audit: TaskAudit): Promise<void> {
  await until('the end of all tasks', async () => (await audit.countOpen()) === 0, PATIENCE);
}

/** A request whose API was killed, and what there was of its task then. */
interface AskedTask {
  readonly idempotencyKey: string;
  /** Null where it was not written yet. */
  readonly taskId: string | null;
  /** How far it was, in words. */
  readonly place: string;
  readonly isOrdered: boolean;
}

async function killAt(
  point: KillPointName,
  context: KillContext,
): Promise<AskedTask & { readonly diedAtMs: number }> {
  const { api, scene } = context;
  const { rows: before } = await scene.db.pool.query('select task_id from choreography_tasks');
  const { reached, release } = await KILL_POINTS[point](context);
  const idempotencyKey = randomUUID();
  const answer = ask(context, idempotencyKey).catch(() => undefined);
  await reached;
  await api.kill();
  const diedAtMs = Date.now();
  await release();
  await answer;
  const known = before.map((row) => row.task_id as string);
  return { idempotencyKey, ...(await findNewTask(scene, known)), diedAtMs };
}

function ask({ song, user }: Asking, idempotencyKey: string) {
  return user.client.POST('/api/choreography/generate-from-song', {
    params: { header: { 'idempotency-key': idempotencyKey } },
    body: { song_id: song.id, difficulty: 'beginner' },
  });
}

/**
 * Clients that had no answer ask again, in the end. @returns how many were told of the task that was ordered for them,
 * and what else the others were told
 */
async function repeatOrdered(
  asked: readonly AskedTask[],
  asking: Asking,
): Promise<{ told: number; problems: string[] }> {
  const ordered = asked.filter(({ isOrdered }) => isOrdered);
  const problems: string[] = [];
  for (const { idempotencyKey, taskId, place } of ordered) {
    const { data, error, response } = await ask(asking, idempotencyKey);
    if (data?.task_id !== taskId) {
      const said = JSON.stringify(data ?? error);
      problems.push(`a repeat for task ${taskId} (${place}) was answered ${response.status} ${said}`);
    }
  }
  return { told: ordered.length - problems.length, problems };
}

/** The one task that is not among those. */
async function findNewTask(
  { db }: CloudScene,
  known: readonly string[],
): Promise<Pick<AskedTask, 'taskId' | 'place' | 'isOrdered'>> {
  const { rows } = await db.pool.query<{ taskId: string; place: string; isOrdered: boolean }>(
    `select t.task_id as "taskId", o.task_id is not null as "isOrdered", case when o.task_id is null then t.status
       when o.execution_name is not null then 'handed over' else 'order ' || o.state end as place
     from choreography_tasks t left join launch_orders o on o.task_id = t.task_id
     where not t.task_id = any($1)`,
    [known],
  );
  return rows[0] ?? { taskId: null, place: 'no task yet', isOrdered: false };
}

/** In the small run the clocks of waiting tasks are put forward instead, by what it takes until they are looked for. */
async function letTimePass({ db }: CloudScene): Promise<void> {
  await db.pool.query(`update choreography_tasks set created_at = created_at - interval '60 s',
    updated_at = updated_at - interval '60 s' where status in ('pending', 'started')`);
  await db.pool.query(`update launch_orders set launched_at = launched_at - interval '60 s'
    where state = 'launched'`);
  await db.pool.query(`update idempotency_keys set created_at = created_at - interval '60 s'
    where state = 'in_flight'`);
}

interface Evidence {
  readonly scene: CloudScene;
  readonly audit: TaskAudit;
  /** How often tasks were found where. */
  readonly found: ReadonlyMap<string, number>;
  readonly outages: readonly Outage[];
  readonly repeats: Awaited<ReturnType<typeof repeatOrdered>>;
  readonly scale: Scale;
}

async function judge({ scene, audit, found, outages, repeats, scale }: Evidence): Promise<ScenarioResult> {
  const { db, bucket, platform } = scene;
  const { executions } = platform.server;
  await until('the end of all executions', () => executions.every(({ hasEnded }) => hasEnded), PATIENCE);
  const histories = await audit.histories();
  const { ends, highestAttempt, longestWaitSec, problems: ofHistories } = judgeHistories(histories, outages);
  const { longestWaitSec: wholeWaitSec } = judgeHistories(histories);
  const problems = [...ofHistories, ...repeats.problems];
  // In the small run, clocks were put forward.
  if (scale === 'full' && longestWaitSec > MAX_WAIT_SEC)
    problems.push(`a task waited ${longestWaitSec.toFixed(1)} s without progress`);
  if (highestAttempt > 1) problems.push(`a task was taken up ${highestAttempt} times`);
  const kills = [...found.values()].reduce((sum, count) => sum + count, 0);
  const places = [...found].map(([place, count]) => `${count} ${place}`).join(', ');
  let twice = 0;
  for (const { taskId } of histories) {
    const task = await findTask(db, taskId);
    const writes = bucket.server.writesOf(outputKeyOfTask(taskId));
    if (writes > 1) twice += 1;
    if (writes !== (task?.status === 'completed' ? 1 : 0))
      problems.push(`task ${taskId} is ${task?.status}, and ${writes} videos were written`);
    if (task?.status === 'failed' && (await findBlueprint(db, taskId)) !== null)
      problems.push(`task ${taskId} had its blueprint and failed: ${task.error}`);
  }
  for (const { exitCode, signal } of executions.flatMap(({ exits }) => exits))
    if (exitCode !== 0) problems.push(`an execution ended with ${exitCode ?? signal}`);
  return {
    held: problems.length === 0,
    summary:
      `${kills} kills (task found: ${places}), ${histories.length} tasks begun: ` +
      `${ends.completed ?? 0} completed, ${ends.failed ?? 0} failed for want of their planner; ` +
      `longest wait ${wholeWaitSec.toFixed(1)} s, ${longestWaitSec.toFixed(1)} s without outages, ${executions.length} executions, ${twice} videos written twice; ` +
      `${repeats.told} repeats told of the task ordered before`,
    problems,
  };
}
