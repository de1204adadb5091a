import { randomUUID } from 'node:crypto';
import {
  cancelTask,
  claimTask,
  completeTask,
  createTask,
  createUser,
  type Database,
  failAttempt,
  findTask,
  heartbeat,
  recordProgress,
  storeBlueprintAndOrderLaunch,
  type TaskWithSong,
} from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import {
  type Answer,
  afterSilence,
  explain,
  MODEL_MAX_ATTEMPTS,
  type ModelTask,
  NEW_TASK,
  type Observed,
  type Operation,
} from '../harness/fencing-model.ts';
import type { Scenario, ScenarioContext, ScenarioResult } from '../harness/scenario.ts';
import { makeRandom, pick, type Random } from '../support/random.ts';

const INTERLEAVINGS = { small: 25, full: 1_000 } as const;
const ROUNDS_EACH = 8;
/** Operations that may be under way at the same time. */
const MAX_AT_ONCE = 3;
const SIDE_BY_SIDE = 6;

export const fencing: Scenario = {
  name: 'fencing',
  promise: 'of two attempts at a task, however they interleave, only the later one writes',
  run: runFencing,
};

interface Figures {
  operations: number;
  accepted: number;
  refused: number;
  claims: number;
  readonly problems: string[];
}

async function runFencing(context: ScenarioContext): Promise<ScenarioResult> {
  const { db } = await makeTestDatabase(context);
  const { id: userId } = await createUser(db, { username: 'ana', passwordHash: '!' });
  const total = INTERLEAVINGS[context.scale];
  const figures: Figures = { operations: 0, accepted: 0, refused: 0, claims: 0, problems: [] };
  let begun = 0;
  const work = async (): Promise<void> => {
    while (begun < total) {
      begun += 1;
      if (begun % 250 === 0) context.say(`${begun} of ${total} interleavings`);
      // Of its own, so that the next one does not depend on how fast this one is.
      const random = makeRandom(context.random() * 2 ** 31);
      await interleave({ db, userId, random, figures });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  const { operations, accepted, refused, claims, problems } = figures;
  const summary = `${total} interleavings, ${operations} operations: ${claims} claims, each attempt above the one before; ${accepted} writes accepted, ${refused} refused, ${problems.length} unlike the model`;
  return { held: problems.length === 0, summary, problems: problems.slice(0, 20) };
}

interface Interleaving {
  readonly db: Database;
  readonly userId: number;
  readonly random: Random;
  readonly figures: Figures;
}

/** Two workers at one task: each claims, writes in the name of an attempt it was given, and is late at times. */
async function interleave({ db, userId, random, figures }: Interleaving): Promise<void> {
  const taskId = await makeTask(db, userId);
  const usesExecutions = random() < 0.5;
  const given: number[] = [];
  const history: string[] = [];
  let possible: ModelTask[] = [NEW_TASK];
  for (let round = 0; round < ROUNDS_EACH; round += 1) {
    if (random() < 0.2) {
      await fallSilent(db, taskId);
      possible = possible.map(afterSilence);
      history.push('silence');
    }
    const count = 1 + Math.floor(random() * MAX_AT_ONCE);
    const operations = Array.from({ length: count }, () => chooseOperation(random, given, usesExecutions));
    const observed = await Promise.all(
      operations.map(async (operation): Promise<Observed> => {
        return { operation, answer: await carryOut(db, { taskId, userId }, operation) };
      }),
    );
    history.push(JSON.stringify(observed));
    noteAnswers(observed, given, figures);
    possible = explain(possible, observed);
    if (possible.length === 0) break;
  }
  const row = await findTask(db, taskId);
  if (row === null || !possible.some((task) => isLike(row, task))) {
    figures.problems.push(`no order explains ${history.join(' | ')}; the row: ${JSON.stringify(row)}`);
  }
}

function noteAnswers(observed: readonly Observed[], given: number[], figures: Figures): void {
  const highest = Math.max(0, ...given);
  for (const { operation, answer } of observed) {
    figures.operations += 1;
    if (operation.kind === 'claim') {
      if (typeof answer !== 'number') continue;
      figures.claims += 1;
      if (answer <= highest || given.includes(answer)) {
        figures.problems.push(`a claim was given attempt ${answer} after ${JSON.stringify(given)}`);
      }
      given.push(answer);
    } else if (answer === true) figures.accepted += 1;
    else figures.refused += 1;
  }
}

/** Mostly writes; those of an earlier attempt are as likely as those of the present one. */
function chooseOperation(random: Random, given: readonly number[], usesExecutions: boolean): Operation {
  const chance = random();
  if (given.length === 0 || chance < 0.2) {
    return { kind: 'claim', execution: usesExecutions ? pick(random, ['job-a', 'job-b']) : undefined };
  }
  if (chance < 0.23) return { kind: 'cancel' };
  const attempt = given[Math.floor(random() * given.length)] ?? 1;
  if (chance < 0.32) return { kind: pick(random, ['complete', 'fail']), attempt };
  if (chance < 0.6) return { kind: 'heartbeat', attempt };
  return { kind: 'progress', attempt, percent: Math.floor(random() * 100) };
}

interface TaskOfUser {
  readonly taskId: string;
  readonly userId: number;
}

async function carryOut(db: Database, { taskId, userId }: TaskOfUser, operation: Operation): Promise<Answer> {
  switch (operation.kind) {
    case 'claim': {
      const { execution } = operation;
      const claim = await claimTask(db, taskId, { execution, maxAttempts: MODEL_MAX_ATTEMPTS });
      return claim?.attempt ?? null;
    }
    case 'heartbeat':
      return heartbeat(db, taskId, operation.attempt);
    case 'progress': {
      const words = { stage: 'video_assembly', message: `attempt ${operation.attempt}` };
      return recordProgress(db, taskId, operation.attempt, { progress: operation.percent, ...words });
    }
    case 'complete':
      return completeTask(db, taskId, operation.attempt, { by: `attempt ${operation.attempt}` });
    case 'fail':
      return failAttempt(db, taskId, operation.attempt, { error: `attempt ${operation.attempt}` });
    case 'cancel':
      return (await cancelTask(db, taskId, userId)).cancelled;
  }
}

function isLike(row: TaskWithSong, task: ModelTask): boolean {
  const by = row.status === 'completed' ? row.result?.by : row.error;
  const words: Record<string, string> = {
    user: 'Cancelled by user',
    limit: 'The rendering job stopped unexpectedly, 3 times in a row.',
  };
  const endedBy = task.endedBy === null ? null : (words[task.endedBy] ?? task.endedBy);
  return (
    row.status === task.status &&
    row.attempt === task.attempt &&
    row.progress === task.progress &&
    row.heldBy === task.holder &&
    by === endedBy
  );
}

async function makeTask(db: Database, userId: number): Promise<string> {
  const taskId = randomUUID();
  await createTask(db, { taskId, userId, requestKind: 'song', stage: 'generating_blueprint', message: '' });
  await storeBlueprintAndOrderLaunch(db, { taskId, blueprint: {}, sha256: '0'.repeat(64) });
  return taskId;
}

/** As if half a minute had gone by. */
async function fallSilent(db: Database, taskId: string): Promise<void> {
  const age = `update choreography_tasks set heartbeat_at = heartbeat_at - interval '31 s' where task_id = $1`;
  await db.pool.query(age, [taskId]);
}
