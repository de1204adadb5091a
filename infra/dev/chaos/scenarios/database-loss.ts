import { setTimeout as sleep } from 'node:timers/promises';
import { findTask } from '@bachata-buddy/database';
import { outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { registerUser } from '../../system/api-user.ts';
import {
  type Answered,
  comebackAfter,
  type PollingClient,
  startPollingClient,
} from '../harness/polling-client.ts';
import { makeRenderingScene, type RenderingScene, untilEnded } from '../harness/rendering-scene.ts';
import { type RenderingService, startRenderingService } from '../harness/rendering-service.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { installTaskAudit } from '../harness/task-audit.ts';
import { judgeHistories } from '../harness/task-histories.ts';
import { until } from '../support/wait-until.ts';

const SILENCE_MS = { small: 3_000, full: 60_000 } as const;
const TERMINATING_MS = { small: 3_000, full: 120_000 } as const;
const TERMINATE_EVERY_MS = 500;
const TASKS = { small: 1, full: 8 } as const;
const MOVE_COUNT = { small: 4, full: 150 } as const;
const RECOVERY_MS = 5_000;
/** After a loss, so long no question may fail (but for the first moments); then jobs may keep the machine busy. */
const WATCHED_MS = { small: 6_000, full: 20_000 } as const;

export const databaseLoss: Scenario = {
  name: 'database-loss',
  promise: 'the API and its jobs outlive a silent network and connections that are ended again and again',
  run: runDatabaseLoss,
};

interface Loss {
  readonly name: string;
  /** Breaks the connections for a while; all is well again when it resolves. */
  readonly suffer: () => Promise<string>;
}

async function runDatabaseLoss(context: ScenarioContext): Promise<ScenarioResult> {
  const scene = await makeRenderingScene(context);
  const audit = await installTaskAudit(scene.db);
  const service = await startRenderingService(context, scene, { JOB_CONCURRENCY: '2' });
  const { headers } = await registerUser(service.origin, 'ana');
  const client = startPollingClient(`${service.origin}/api/choreography/songs/`, headers);
  context.teardown(() => client.stop());
  const problems: string[] = [];
  const summaries: string[] = [];
  for (const loss of [silence(context, scene), terminations(context, scene)]) {
    const outcome = await outlive(context, { scene, service, client }, loss);
    problems.push(...outcome.problems.map((problem) => `${loss.name}: ${problem}`));
    summaries.push(`${loss.name}: ${outcome.summary}`);
    context.say(summaries.at(-1) ?? '');
  }
  const histories = await audit.histories();
  problems.push(...judgeHistories(histories).problems);
  const crashes = service.isRunning() ? 0 : 1;
  if (crashes > 0) problems.push(`the API has ended: ${service.lines.slice(-5).join('\n')}`);
  const uncaught = service.lines.filter((line) => /an error nobody caught|Unhandled|uncaught/i.test(line));
  problems.push(...uncaught.map((line) => `nobody caught ${line}`));
  const summary = `${summaries.join('; ')}; ${histories.length} tasks, each judged by all its changes; ${crashes + uncaught.length} crashes`;
  return { held: problems.length === 0, summary, problems };
}

/** Nothing arrives and nobody is told. */
function silence({ scale }: ScenarioContext, { proxy }: RenderingScene): Loss {
  const suffer = async (): Promise<string> => {
    proxy.silence();
    await sleep(SILENCE_MS[scale]);
    proxy.heal();
    return `${SILENCE_MS[scale] / 1_000} s of silence`;
  };
  return { name: 'half-open', suffer };
}

/** The server ends every connection of the programs, twice a second. */
function terminations({ scale }: ScenarioContext, { db }: RenderingScene): Loss {
  const suffer = async (): Promise<string> => {
    let ended = 0;
    const endAt = performance.now() + TERMINATING_MS[scale];
    while (performance.now() < endAt) {
      const { rowCount } = await db.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name in ('bachata-buddy-api', 'bachata-buddy-job')`,
      );
      ended += rowCount ?? 0;
      await sleep(TERMINATE_EVERY_MS);
    }
    return `${ended} connections ended in ${TERMINATING_MS[scale] / 1_000} s`;
  };
  return { name: 'pg_terminate_backend', suffer };
}

interface Parts {
  readonly scene: RenderingScene;
  readonly service: RenderingService;
  readonly client: PollingClient;
}

async function outlive(
  { scale }: ScenarioContext,
  { scene, service, client }: Parts,
  { suffer }: Loss,
): Promise<{ problems: string[]; summary: string }> {
  const taskIds: string[] = [];
  for (let count = 0; count < TASKS[scale]; count += 1) {
    const taskId = await scene.makeTask();
    await scene.orderLaunch(taskId, { moveCount: MOVE_COUNT[scale] });
    taskIds.push(taskId);
  }
  await until('a job at work', () => isAnyRunning(scene, taskIds));
  const beganAtMs = performance.now();
  const suffered = await suffer();
  const wellAtMs = performance.now();
  await sleep(WATCHED_MS[scale]);
  const problems: string[] = [];
  let completed = 0;
  for (const taskId of taskIds) {
    const { status, error, result } = await untilEnded(scene, taskId);
    if (status === 'completed') completed += 1;
    else problems.push(`task ${taskId} ended as ${status}: ${error}`);
    if (
      status === 'completed' &&
      result?.output_crc32c !== scene.bucket.object(outputKeyOfTask(taskId))?.crc32c
    ) {
      problems.push(`the row of ${taskId} does not describe its video`);
    }
  }
  problems.push(...lostCompletions(service, taskIds, completed));
  const { firstMs, lastFailureMs } = comebackAfter(wellAtMs, WATCHED_MS[scale], client.answers);
  if (scale === 'full' && !(firstMs <= RECOVERY_MS))
    problems.push(`the first good answer took ${firstMs} ms`);
  if (scale === 'full' && lastFailureMs > RECOVERY_MS) {
    problems.push(`a question asked ${lastFailureMs} ms after all was well failed`);
  }
  const during = answersDuring(client.answers, beganAtMs, wellAtMs);
  const afterwards = answersDuring(client.answers, wellAtMs + WATCHED_MS[scale], performance.now());
  const summary = `${suffered}, ${during} meanwhile; first good answer after ${Math.round(firstMs)} ms, the last question that failed was asked after ${Math.round(lastFailureMs)} ms; afterwards ${afterwards}; ${completed}/${taskIds.length} tasks completed`;
  return { problems, summary };
}

async function isAnyRunning({ db }: RenderingScene, taskIds: readonly string[]): Promise<boolean> {
  const tasks = await Promise.all(taskIds.map((taskId) => findTask(db, taskId)));
  return tasks.some((task) => task?.status === 'running');
}

/** A job that said that it was done has left a completed row. */
function lostCompletions(
  { lines }: RenderingService,
  taskIds: readonly string[],
  completed: number,
): string[] {
  const said = lines.filter((line) => line.includes('choreography video completed'));
  const count = taskIds.filter((taskId) => said.some((line) => line.includes(taskId))).length;
  return count > completed ? [`${count} jobs said that they were done, ${completed} rows say so`] : [];
}

function answersDuring(answers: readonly Answered[], beganAtMs: number, endedAtMs: number): string {
  const asked = answers.filter(({ askedAtMs }) => askedAtMs >= beganAtMs && askedAtMs < endedAtMs);
  const counts = new Map<number, number>();
  for (const { status } of asked) counts.set(status, (counts.get(status) ?? 0) + 1);
  const words = [...counts].map(([status, count]) => `${count} x ${status === 0 ? 'no answer' : status}`);
  return `${asked.length} questions answered ${words.join(', ')}`;
}
