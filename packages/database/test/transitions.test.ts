import { randomUUID } from 'node:crypto';
import { isEnded, TASK_STATUSES, type TaskStatus } from '@bachata-buddy/vocabulary';
import t from 'tap';
import {
  cancelTask,
  claimTask,
  completeTask,
  type Database,
  failAttempt,
  failTask,
  findTask,
  renewLaunch,
  storeBlueprintAndOrderLaunch,
} from '../src/index.ts';
import { FOUND_DEAD_BY, TRANSITIONS } from '../src/queries/tasks/transitions.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addPendingTask, addStartedTask, addUser } from './fixtures.ts';

const sha256 = 'f'.repeat(64);

interface Subject {
  readonly db: Database;
  readonly taskId: string;
  readonly userId: number;
  /** Of the job that holds it, or held it last. */
  readonly attempt: number;
}

const WAYS: Readonly<Record<keyof typeof TRANSITIONS, (subject: Subject) => Promise<unknown>>> = {
  storeBlueprintAndOrderLaunch: ({ db, taskId }) =>
    storeBlueprintAndOrderLaunch(db, { taskId, blueprint: { task_id: taskId }, sha256 }),
  claimTask: ({ db, taskId }) => claimTask(db, taskId),
  completeTask: ({ db, taskId, attempt }) => completeTask(db, taskId, attempt, {}),
  failAttempt: ({ db, taskId, attempt }) => failAttempt(db, taskId, attempt, { error: 'x' }),
  failTask: ({ db, taskId }) => failTask(db, taskId, 'x'),
  cancelTask: ({ db, taskId, userId }) => cancelTask(db, taskId, userId),
  renewLaunch: ({ db, taskId }) => renewLaunch(db, { taskId }),
};

/** A task that has come to a status; those that have ended had a video once. */
async function taskIn(db: Database, userId: number, status: TaskStatus): Promise<Subject> {
  const taskId = randomUUID();
  if (status === 'pending') await addPendingTask(db, { taskId, userId });
  else await addStartedTask(db, { taskId, userId });
  const isClaimed = status === 'running' || isEnded({ status });
  const attempt = isClaimed ? ((await claimTask(db, taskId))?.attempt ?? 0) : 1;
  if (isEnded({ status })) await completeTask(db, taskId, attempt, { duration: 1 });
  if (status === 'failed') {
    await renewLaunch(db, { taskId });
    await failTask(db, taskId, 'x');
  }
  return { db, taskId, userId, attempt };
}

t.test('a task goes from one status to another as the table says, and no other way', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  for (const [name, transition] of Object.entries(TRANSITIONS)) {
    const { from, to } = transition as { from: readonly TaskStatus[]; to: TaskStatus };
    for (const status of TASK_STATUSES) {
      const subject = await taskIn(db, userId, status);
      t.equal((await findTask(db, subject.taskId))?.status, status);
      await WAYS[name as keyof typeof TRANSITIONS](subject);
      const found = (await findTask(db, subject.taskId))?.status;
      t.equal(found, from.includes(status) ? to : status, `${name} of a task that is ${status}`);
    }
  }
});

t.test('whatever has not ended is looked after by somebody', async (t) => {
  t.same(
    Object.keys(FOUND_DEAD_BY),
    TASK_STATUSES.filter((status) => !isEnded({ status })),
  );
});
