import { randomUUID } from 'node:crypto';
import type { Fault } from '@bachata-buddy/cloud-run-testkit';
import { findTask } from '@bachata-buddy/database';
import { outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { type CloudScene, makeCloudScene } from '../harness/cloud-scene.ts';
import { queueTask } from '../harness/queued-tasks.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { installTaskAudit, type TaskAudit } from '../harness/task-audit.ts';
import { judgeHistories } from '../harness/task-histories.ts';
import { pick, type Random } from '../support/random.ts';
import { until } from '../support/wait-until.ts';

/** How a submission goes wrong in passing. */
const PASSING: readonly [Fault, ...Fault[]] = [
  { status: 'UNAVAILABLE' },
  { kind: 'lost-answer' },
  { kind: 'started-twice' },
  { kind: 'done-but-answered', status: 'UNAVAILABLE' },
  { status: 'RESOURCE_EXHAUSTED' },
  { kind: 'done-but-answered', status: 'DEADLINE_EXCEEDED' },
  { kind: 'silent' },
];
/** One that stands: a missing permission may only not have spread yet, in an API that has just started. */
const REFUSAL: Fault = { status: 'INVALID_ARGUMENT' };
const REFUSED = 'Job submission failed: The platform refused the rendering job as invalid.';

/** Of those that have ended, as the platform at times does. */
const STARTED_ONCE_MORE = 5;
const PATIENCE = { timeoutMs: 600_000, pollMs: 100 };

type TaskEnd = 'completed' | 'failed';

const FIGURES = {
  // All but the last of the faults, which takes as long as a call may.
  small: { transports: ['grpc'], faults: PASSING.slice(0, 4), rounds: 1, troubledCalls: 1 },
  full: { transports: ['grpc', 'rest'], faults: PASSING, rounds: 5, troubledCalls: 20 },
} as const;

/** Calls to the platform fail in every way there is; what comes of it is looked up in the bucket and the database. */
export const cloudRunFaults: Scenario = {
  name: 'cloud-run-faults',
  promise: 'whatever goes wrong with a submission, a task has one end and its video is written once',
  async run(context) {
    const { transports, rounds } = FIGURES[context.scale];
    const scene = await makeCloudScene(context);
    const audit = await installTaskAudit(scene.db);
    const expected = new Map<string, TaskEnd>();
    for (const transport of transports) {
      const api = await scene.makeApi({ transport });
      await api.start();
      for (let round = 1; round <= rounds; round += 1) {
        for (const [taskId, end] of await queueTroubledTasks(scene, context)) expected.set(taskId, end);
        await until('the end of all tasks', async () => (await audit.countOpen()) === 0, PATIENCE);
        context.say(`${transport}, round ${round} of ${rounds}: ${await audit.describe()}`);
      }
      await api.stop();
    }
    return judge(scene, audit, expected);
  },
};

/** For each fault a task whose submission meets it, some of them another at the second try; and one that is refused. */
async function queueTroubledTasks(
  scene: CloudScene,
  { random, scale }: ScenarioContext,
): Promise<Map<string, TaskEnd>> {
  const { faults, troubledCalls } = FIGURES[scale];
  const expected = new Map<string, TaskEnd>();
  troubleOtherCalls(scene, random, troubledCalls);
  for (const fault of faults) {
    const second = scale === 'full' && random() < 0.5 ? [pick(random, PASSING)] : [];
    expected.set(await queueTroubledTask(scene, [fault, ...second]), 'completed');
  }
  return expected.set(await queueTroubledTask(scene, [REFUSAL]), 'failed');
}

/** @param met in this order, by one submission after the other */
async function queueTroubledTask(
  { db, userId, platform }: CloudScene,
  met: readonly Fault[],
): Promise<string> {
  const taskId = randomUUID();
  const only = (request: object): boolean => JSON.stringify(request).includes(taskId);
  for (const [index, fault] of met.entries())
    platform.server.fail({ method: 'RunJob', only, nth: index + 1, fault });
  return queueTask(db, { userId, taskId });
}

/** Whoever submits again asks the platform first, and that fails at times too. */
function troubleOtherCalls({ platform }: CloudScene, random: Random, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const method = pick(random, ['ListExecutions', 'GetExecution']);
    const nth = 1 + Math.floor(random() * count);
    platform.server.fail({ method, nth, fault: { status: 'UNAVAILABLE' } });
  }
}

async function judge(
  { db, bucket, platform }: CloudScene,
  audit: TaskAudit,
  expected: ReadonlyMap<string, TaskEnd>,
): Promise<ScenarioResult> {
  const { executions, calls } = platform.server;
  await until('the end of all executions', () => executions.every(({ hasEnded }) => hasEnded), PATIENCE);
  const before = await audit.histories();
  const again = await Promise.all(executions.slice(0, STARTED_ONCE_MORE).map((one) => one.retryOnceMore()));
  const after = await audit.histories();
  const { ends, highestAttempt, problems: found } = judgeHistories(after);
  const problems = [...found];
  let twice = 0;
  if (JSON.stringify(after) !== JSON.stringify(before)) problems.push('a start after the end changed a task');
  for (const { exitCode, signal } of [...executions.flatMap(({ exits }) => exits), ...again])
    if (exitCode !== 0) problems.push(`an execution ended with ${exitCode ?? signal}`);
  if (highestAttempt > 1) problems.push(`a second execution took up a task: attempt ${highestAttempt}`);
  for (const [taskId, end] of expected) {
    const { status, error } = (await findTask(db, taskId)) ?? {};
    if (status !== end || (end === 'failed' && error !== REFUSED))
      problems.push(`task ${taskId} is to be ${end} and is ${status}: ${error}`);
    const writes = bucket.server.writesOf(outputKeyOfTask(taskId));
    if (writes > 1) twice += 1;
    if (writes !== (end === 'completed' ? 1 : 0)) problems.push(`task ${taskId}: ${writes} videos written`);
  }
  const submissions = calls.filter(({ method }) => method === 'RunJob').length;
  const idle = executions.length - (ends.completed ?? 0);
  return {
    held: problems.length === 0,
    summary:
      `${ends.completed ?? 0} completed and ${ends.failed ?? 0} refused of ${expected.size} tasks, ` +
      `${submissions} submissions, ${executions.length} executions of which ${idle} ended without work, ` +
      `${again.length} started once more for nothing, ${twice} videos written twice`,
    problems,
  };
}
