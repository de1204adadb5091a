import {
  cancelTask,
  claimTask,
  completeTask,
  type Database,
  failAttempt,
  findTask,
  releaseLaunchOrder,
  takeLaunchOrders,
} from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { makeLogger } from '@bachata-buddy/platform';
import t from 'tap';
import { makeDispatcher } from '../../src/launch/dispatcher.ts';
import type { JobLauncher, LaunchOptions, LaunchOutcome } from '../../src/launch/job-launcher.ts';
import { recoverTasks } from '../../src/launch/recovery.ts';
import { addPendingTask, addStartedTask, addUser } from '../catalogue.ts';
import type { Tap } from '../tap.ts';
import { isAlive, makePretendLauncher, type PretendMode, until } from './pretend-launcher.ts';

const log = makeLogger({ name: 'test', level: 'silent' });

/** A launcher whose jobs the test ends by hand. */
function makeManualLauncher(capacity: number) {
  const launched: (LaunchOptions & { end: (outcome: LaunchOutcome) => void })[] = [];
  const launcher: JobLauncher = {
    capacity,
    assertReady: async () => {},
    launch: (options) =>
      new Promise((resolve) => {
        launched.push({ ...options, end: resolve });
        options.signal.addEventListener('abort', () => resolve({ kind: 'interrupted', reason: 'stopped' }));
      }),
  };
  return { launcher, launched };
}

async function makeScene(t: Tap, launcher: JobLauncher) {
  const { db: database } = await makeTestDatabase(t);
  const user = await addUser(database, 'maria');
  const dispatcher = makeDispatcher({ database, launcher, log, owner: 'test', pollMs: 20 });
  t.teardown(() => dispatcher.close());
  return { database, userId: user.id, dispatcher };
}

async function withPretendJob(t: Tap, mode: PretendMode) {
  const pretend = makePretendLauncher(t, { mode });
  return { ...pretend, ...(await makeScene(t, pretend.launcher)) };
}

async function stateOf(database: Database, taskId: string): Promise<string> {
  const { rows } = await database.pool.query('select state from launch_orders where task_id = $1', [taskId]);
  return rows[0]?.state;
}

/** Makes a queued order due now, whatever delay it was given. */
const hurry = (database: Database) => database.pool.query('update launch_orders set available_at = now()');

t.test('no more jobs run at once than there is room for; the rest wait in the database', async (t) => {
  const { launcher, launched } = makeManualLauncher(2);
  const { database, userId, dispatcher } = await makeScene(t, launcher);
  const taskIds: string[] = [];
  for (let index = 0; index < 5; index++) taskIds.push(await addStartedTask(database, userId));
  dispatcher.start();
  await until('two launches', () => launched.length === 2);
  dispatcher.nudge();
  t.strictSame(
    launched.map((job) => job.taskId),
    taskIds.slice(0, 2),
    'the oldest first',
  );
  t.match(launched[0], { userId });
  t.equal(await stateOf(database, taskIds[2]!), 'queued');
  launched[0]!.end({ kind: 'finished' });
  await until('a third launch', () => launched.length === 3);
  t.equal(await stateOf(database, taskIds[0]!), 'finished');
  t.equal(launched[2]?.taskId, taskIds[2]);
});

t.test('a finished job needs nothing more', async (t) => {
  const { database, userId, dispatcher, records } = await withPretendJob(t, 'finish');
  const taskId = await addStartedTask(database, userId);
  const claimed = await claimTask(database, taskId);
  await completeTask(database, taskId, claimed?.attempt ?? 0, { duration: 1 });
  await database.pool.query("update launch_orders set state = 'queued'");
  const second = await addStartedTask(database, userId);
  dispatcher.start();
  await until('the end of the second order', async () => (await stateOf(database, second)) === 'finished');
  t.equal((await findTask(database, taskId))?.status, 'completed');
  t.strictSame(
    records().map((record) => record.env?.TASK_ID),
    [second],
    'a completed task is not launched',
  );
});

t.test('a job that fails for good leaves a failed task, with its own words where it had any', async (t) => {
  const { database, userId, dispatcher } = await withPretendJob(t, 'permanent');
  const speechless = await addStartedTask(database, userId);
  dispatcher.start();
  const ended = await until('the failure', async () => {
    const task = await findTask(database, speechless);
    return task?.status === 'failed' ? task : null;
  });
  t.match(ended, { error: 'The rendering job failed.', message: 'Video assembly failed' });

  const { launcher, launched } = makeManualLauncher(1);
  const other = await makeScene(t, launcher);
  const outspoken = await addStartedTask(other.database, other.userId);
  other.dispatcher.start();
  await until('the launch', () => launched.length === 1);
  const claimed = await claimTask(other.database, outspoken);
  await failAttempt(other.database, outspoken, claimed?.attempt ?? 0, {
    error: 'FFmpeg error: Invalid video codec',
  });
  launched[0]!.end({ kind: 'failed', reason: 'The rendering job failed.' });
  await other.dispatcher.close();
  t.equal((await findTask(other.database, outspoken))?.error, 'FFmpeg error: Invalid video codec');
});

for (const mode of ['retryable', 'crash'] as const) {
  t.test(`a job that ends by ${mode} is launched three times in all`, async (t) => {
    const { database, userId, dispatcher, records } = await withPretendJob(t, mode);
    const taskId = await addStartedTask(database, userId);
    dispatcher.start();
    const ended = await until('the failure', async () => {
      await hurry(database);
      const task = await findTask(database, taskId);
      return task?.status === 'failed' ? task : null;
    });
    t.match(ended, { error: 'The rendering job stopped unexpectedly.', message: 'Video assembly failed' });
    t.equal(records().length, 3);
    t.equal(await stateOf(database, taskId), 'finished');
  });
}

t.test('shutting down stops the jobs, leaves no process, and puts the orders back', async (t) => {
  const { database, userId, dispatcher, records } = await withPretendJob(t, 'polite');
  const taskId = await addStartedTask(database, userId);
  dispatcher.start();
  const pid = await until('the job', () => records()[0]?.pid);
  await dispatcher.close();
  t.notOk(isAlive(pid));
  t.equal(await stateOf(database, taskId), 'queued');
  t.equal((await findTask(database, taskId))?.status, 'started', 'the task goes on after the next start');
});

t.test('cancelling a task stops its job, and nothing launches it again', async (t) => {
  const { database, userId, dispatcher, records } = await withPretendJob(t, 'polite');
  const taskId = await addStartedTask(database, userId);
  dispatcher.start();
  const pid = await until('the job', () => records()[0]?.pid);
  await cancelTask(database, taskId, userId);
  dispatcher.cancel(taskId);
  await until('the end of the job', () => !isAlive(pid));
  await until('the dispatcher to see it', () => !dispatcher.stop(taskId));
  t.equal(await stateOf(database, taskId), 'finished');
  t.equal((await findTask(database, taskId))?.error, 'Cancelled by user');
});

t.test('a database that goes away for a while only delays things', async (t) => {
  const { launcher, launched } = makeManualLauncher(1);
  const { database, userId, dispatcher } = await makeScene(t, launcher);
  await database.pool.query('alter table launch_orders rename to gone');
  dispatcher.start();
  dispatcher.nudge();
  await database.pool.query('alter table gone rename to launch_orders');
  const taskId = await addStartedTask(database, userId);
  await until('the launch', () => launched[0]?.taskId === taskId);
  t.pass();
});

t.test('a silent task is launched again, and given up after the third time', async (t) => {
  const { db: database } = await makeTestDatabase(t);
  const { id: userId } = await addUser(database, 'maria');
  const taskId = await addStartedTask(database, userId);
  let nudges = 0;
  const dispatcher = { stop: () => false, nudge: () => void nudges++ };
  const look = () => recoverTasks({ database, dispatcher, log, silentForSec: 0 });
  await look();
  t.equal(await stateOf(database, taskId), 'queued', 'one that waits is not silent');
  for (let launches = 1; launches <= 3; launches++) {
    t.match(await takeLaunchOrders(database, { limit: 1, owner: 'gone' }), [{ taskId }]);
    await look();
    const task = await findTask(database, taskId);
    t.equal(task?.status, launches < 3 ? 'started' : 'failed');
    t.equal(await stateOf(database, taskId), launches < 3 ? 'queued' : 'finished');
  }
  t.equal((await findTask(database, taskId))?.error, 'The rendering job stopped unexpectedly.');
  t.equal(nudges, 4);
});

t.test('a task that still speaks is left alone', async (t) => {
  const { db: database } = await makeTestDatabase(t);
  const { id: userId } = await addUser(database, 'maria');
  const taskId = await addStartedTask(database, userId);
  await takeLaunchOrders(database, { limit: 1, owner: 'here' });
  await recoverTasks({ database, dispatcher: { stop: () => false, nudge: () => {} }, log });
  t.equal(await stateOf(database, taskId), 'launched');
});

t.test('a silent job of this process is ended first, as a crash', async (t) => {
  const { database, userId, dispatcher, records } = await withPretendJob(t, 'stubborn');
  const taskId = await addStartedTask(database, userId);
  dispatcher.start();
  const pid = await until('the job', () => records()[0]?.pid);
  await recoverTasks({ database, dispatcher, log, silentForSec: 0 });
  await until('its end', () => !isAlive(pid));
  await until('the order to be back', async () => (await stateOf(database, taskId)) === 'queued');
  t.equal((await findTask(database, taskId))?.status, 'started');
});

t.test('a task whose planner is gone does not stay pending', async (t) => {
  const { db: database } = await makeTestDatabase(t);
  const { id: userId } = await addUser(database, 'maria');
  const taskId = await addPendingTask(database, userId);
  const dispatcher = { stop: () => false, nudge: () => {} };
  const look = (abandonedAfterSec: number) =>
    recoverTasks({ database, dispatcher, log, silentForSec: 0, abandonedAfterSec });
  await look(45);
  t.equal((await findTask(database, taskId))?.status, 'pending', 'a young one may still be planned');
  await look(0);
  t.match(await findTask(database, taskId), {
    status: 'failed',
    error: 'Blueprint generation failed: The service stopped before the blueprint was ready.',
  });
  t.equal(await releaseLaunchOrder(database, taskId), false);
});
