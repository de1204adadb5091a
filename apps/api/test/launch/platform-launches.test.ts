import { setTimeout as sleep } from 'node:timers/promises';
import {
  cancelTask,
  claimTask,
  type Database,
  deleteUser,
  findTask,
  storeBlueprintAndOrderLaunch,
  takeLaunchOrders,
} from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { makeLogger } from '@bachata-buddy/platform';
import t from 'tap';
import { makeDispatcher } from '../../src/launch/dispatcher.ts';
import { recoverTasks } from '../../src/launch/recovery.ts';
import { addPendingTask, addStartedTask, addUser } from '../catalogue.ts';
import type { Tap } from '../tap.ts';
import { makeCloudRunScene } from './cloud-run-scene.ts';
import { until } from './pretend-launcher.ts';
import { watch } from './watched.ts';

const log = makeLogger({ name: 'test', level: 'silent' });

interface SceneOptions extends NonNullable<Parameters<typeof makeCloudRunScene>[1]> {
  /** The clock of the dispatcher. */
  readonly now?: () => number;
}

async function makeScene(t: Tap, { now, ...options }: SceneOptions = {}) {
  const { db: database } = await makeTestDatabase(t);
  const { server, launcher } = await makeCloudRunScene(t, options);
  const { id: userId } = await addUser(database, 'maria');
  const clock = now === undefined ? {} : { now };
  const dispatcher = makeDispatcher({ database, launcher, log, owner: 'test', pollMs: 20, ...clock });
  t.teardown(() => dispatcher.close());
  const dispatch = async () => {
    // Whatever delay an order was given.
    await database.pool.query('update launch_orders set available_at = now()');
    await dispatcher.drain();
  };
  const idle = { stop: () => false, nudge: () => {} };
  const sweep = (silentForSec = 0, unclaimedForSec = silentForSec) =>
    recoverTasks({
      database,
      dispatcher: idle,
      platform: launcher.platform,
      log,
      silentForSec,
      unclaimedForSec,
    });
  return { database, server, launcher, userId, dispatcher, dispatch, sweep };
}

async function orderOf(database: Database, taskId: string) {
  const { rows } = await database.pool.query(
    'select state, launches, submissions, execution_name as name from launch_orders where task_id = $1',
    [taskId],
  );
  return rows[0];
}

t.test(
  'a task that was handed over holds no place; its order stays open under the execution’s name',
  async (t) => {
    const { database, server, launcher, userId, dispatch } = await makeScene(t);
    const taskIds: string[] = [];
    for (let index = 0; index < launcher.capacity + 5; index += 1) {
      taskIds.push(await addStartedTask(database, userId));
    }
    await dispatch();
    t.equal(server.executions.length, taskIds.length);
    for (const taskId of taskIds) {
      const name = server.executions.find((execution) => execution.environment.TASK_ID === taskId)?.name;
      t.match(await orderOf(database, taskId), { state: 'launched', launches: 1, name });
      t.match(await findTask(database, taskId), { status: 'started', jobExecutionName: name });
    }
  },
);

t.test('a blueprint of 300 moves is launched by less than a kilobyte', async (t) => {
  const { database, server, userId, dispatch } = await makeScene(t);
  const taskId = await addPendingTask(database, userId);
  const moves = Array.from({ length: 300 }, (_, index) => ({
    clip_id: `move_${index}`,
    video_path: `Bachata_steps/basic/move_${index}.mp4`,
    start_time: index * 3.7,
    duration: 3.7,
    transition_type: 'crossfade',
    reason: 'It fits the phrase, and flows out of the move before it. '.repeat(3),
  }));
  const blueprint = { task_id: taskId, moves };
  t.ok(JSON.stringify(blueprint).length > 32_768, 'more than a variable may hold');
  await storeBlueprintAndOrderLaunch(database, { taskId, blueprint, sha256: 'a'.repeat(64) });
  await dispatch();
  const [call] = server.calls;
  t.equal(call?.method, 'RunJob');
  t.ok(Buffer.byteLength(JSON.stringify(call?.request)) < 1_024);
});

for (const transport of ['grpc', 'rest'] as const) {
  t.test(`${transport}: whatever goes wrong with submissions, a launch becomes one execution`, async (t) => {
    const { database, server, userId, dispatch } = await makeScene(t, { transport });
    for (const fault of [
      { status: 'UNAVAILABLE' },
      { kind: 'done-but-answered', status: 'UNAVAILABLE' },
      { kind: 'silent' },
    ] as const) {
      const before = server.executions.length;
      const taskId = await addStartedTask(database, userId);
      server.fail({ method: 'RunJob', fault });
      await dispatch();
      t.match(await orderOf(database, taskId), { state: 'queued', launches: 1, submissions: 1 });
      server.fail({ method: 'ListExecutions', fault: { status: 'UNAVAILABLE' } });
      await dispatch();
      t.match(await orderOf(database, taskId), { state: 'queued', launches: 1, submissions: 2 });
      await dispatch();
      t.equal(server.executions.length, before + 1);
      const name = server.executions.at(-1)?.name;
      t.match(await orderOf(database, taskId), { state: 'launched', launches: 1, submissions: 3, name });
    }
  });
}

t.test('a refusal that stands fails the task with its reason', async (t) => {
  const { database, userId, dispatch } = await makeScene(t, { permissions: [] });
  const taskId = await addStartedTask(database, userId);
  await dispatch();
  t.match(await findTask(database, taskId), {
    status: 'failed',
    error: 'Job submission failed: The service is not allowed to run the rendering job.',
  });
});

t.test('an outage of the platform, however long, costs no task anything but time', async (t) => {
  const { database, server, userId, dispatch } = await makeScene(t);
  const taskIds: string[] = [];
  for (let count = 0; count < 12; count += 1) taskIds.push(await addStartedTask(database, userId));
  server.fail({ times: 1_000, fault: { status: 'UNAVAILABLE' } });
  for (let look = 0; look < 40; look += 1) await dispatch();
  t.ok(server.calls.length <= 40 * 10, 'what is put off ends the look: the rest are not tried in vain');
  for (const taskId of taskIds) t.match(await findTask(database, taskId), { status: 'started' });
  server.clearFaults();
  await dispatch();
  await dispatch();
  t.equal(server.executions.length, 12);
});

t.test('while the platform puts launches off, one at a time finds out when it is well again', async (t) => {
  // Stands still until it is set forward, however long the machine takes.
  let nowMs = 0;
  const { database, server, userId, dispatcher } = await makeScene(t, { now: () => nowMs });
  for (let count = 0; count < 30; count += 1) await addStartedTask(database, userId);
  server.fail({ method: 'RunJob', times: 10, fault: { status: 'UNAVAILABLE' } });
  dispatcher.start();
  const calls = () => server.calls.filter(({ method }) => method === 'RunJob').length;
  await until('the first ones', () => calls() === 10);
  await sleep(300);
  t.equal(calls(), 10, 'the others wait');
  nowMs += 1_000;
  await until('all of them', () => server.executions.length === 30);
});

t.test('a refusal may come of grants that are still spreading', async (t) => {
  const { database, server, userId, dispatch } = await makeScene(t, { settlingMs: 600_000 });
  const taskId = await addStartedTask(database, userId);
  for (const status of ['PERMISSION_DENIED', 'NOT_FOUND'] as const) {
    server.fail({ method: 'RunJob', fault: { status } });
    await dispatch();
    t.match(await orderOf(database, taskId), { state: 'queued', launches: 1 });
  }
  await dispatch();
  t.match(await orderOf(database, taskId), { state: 'launched', name: server.executions[0]?.name });
});

t.test('a task does not wait for ever to be launched', async (t) => {
  const { database, userId, sweep } = await makeScene(t);
  const late = await addStartedTask(database, userId);
  const patient = await addStartedTask(database, userId);
  const age = (taskId: string, sec: number) =>
    database.pool.query(
      'update launch_orders set created_at = now() - make_interval(secs => $2) where task_id = $1',
      [taskId, sec],
    );
  await age(late, 3_601);
  await age(patient, 3_500);
  t.match(await sweep(), { overdue: 1 });
  t.match(await findTask(database, late), { status: 'failed', error: /too busy, or could not be reached/ });
  t.match(await findTask(database, patient), { status: 'started' });
});

t.test('cancelling a task cancels its execution, also one that is just being submitted', async (t) => {
  const { database, server, userId, dispatcher, dispatch } = await makeScene(t);
  const running = await addStartedTask(database, userId);
  await dispatch();
  const [execution] = server.executions;
  execution?.become('running');
  await claimTask(database, running, { execution: execution?.name.split('/').at(-1) });
  await cancelTask(database, running, userId);
  dispatcher.cancel(running);
  await until('the end of the execution', () => execution?.state === 'cancelled');

  server.fail({ method: 'RunJob', fault: { delayMs: 200 } });
  const submitting = await addStartedTask(database, userId);
  dispatcher.start();
  await until('the call', () => server.calls.filter(({ method }) => method === 'RunJob').length === 2);
  await cancelTask(database, submitting, userId);
  dispatcher.cancel(submitting);
  await until('the end of the second execution', () => server.executions[1]?.state === 'cancelled');

  const { id: leaverId } = await addUser(database, 'ana');
  const deleted = await addStartedTask(database, leaverId);
  dispatcher.nudge();
  await until('the one of an account that goes', async () => (await orderOf(database, deleted)).name);
  for (const task of (await deleteUser(database, leaverId)) ?? []) dispatcher.cancel(task.taskId, task);
  await until('the end of the third execution', () => server.executions[2]?.state === 'cancelled');

  server.fail({ method: 'CancelExecution', fault: { status: 'INTERNAL' } });
  const stubborn = await addStartedTask(database, userId);
  dispatcher.nudge();
  await until('the fourth', async () => (await orderOf(database, stubborn)).name);
  await cancelTask(database, stubborn, userId);
  dispatcher.cancel(stubborn);
  await dispatcher.close();
  t.match(await findTask(database, stubborn), { status: 'failed', error: 'Cancelled by user' });
  t.equal(await claimTask(database, stubborn, { execution: 'x' }), null, 'what was not ended gets nothing');
});

t.test('a service that ends waits for the names of what it has submitted, and ends none of it', async (t) => {
  const { database, server, userId, dispatcher } = await makeScene(t);
  const taskId = await addStartedTask(database, userId);
  server.fail({ method: 'RunJob', fault: { delayMs: 200 } });
  dispatcher.start();
  await until('the call', () => server.calls.length === 1);
  await dispatcher.close();
  t.equal(server.executions[0]?.state, 'waiting');
  t.match(await orderOf(database, taskId), { state: 'launched', name: server.executions[0]?.name });
});

t.test(
  'an execution that waits to be started is waited for, within bounds; one that ended is replaced',
  async (t) => {
    const { database, server, userId, dispatch, sweep } = await makeScene(t);
    const taskId = await addStartedTask(database, userId);
    await dispatch();
    t.match(await sweep(), { waits: 1 });
    server.executions[0]?.become('running');
    t.match(await sweep(), { waits: 1 }, 'it has not said anything yet');
    await database.pool.query(`update launch_orders set launched_at = now() - interval '301 s'`);
    t.match(await sweep(), { relaunched: 1 });
    t.equal(server.executions[0]?.state, 'cancelled');
    await dispatch();
    t.match(await orderOf(database, taskId), { launches: 2, name: server.executions[1]?.name });
    server.executions[1]?.become('failed');
    t.match(await sweep(), { relaunched: 1 });
    await dispatch();
    server.executions[2]?.become('succeeded');
    t.match(await sweep(), { failed: 1 }, 'the third time');
    t.equal(server.executions.length, 3);
    t.match(await findTask(database, taskId), {
      status: 'failed',
      error: 'The rendering job stopped unexpectedly.',
    });
  },
);

t.test('a job that took up its task and fell silent is ended and replaced', async (t) => {
  const { database, server, userId, dispatch, sweep } = await makeScene(t);
  const taskId = await addStartedTask(database, userId);
  await dispatch();
  const [execution] = server.executions;
  execution?.become('running');
  await claimTask(database, taskId, { execution: execution?.name.split('/').at(-1) });
  await watch(database);
  t.match(await sweep(30, 60), { relaunched: 0, waits: 0 }, 'it was just heard of');
  await database.pool.query(`update choreography_tasks set heartbeat_at = now() - interval '31 s'`);
  await database.pool.query(`update launch_orders set launched_at = now() - interval '50 s'`);
  t.match(await sweep(30, 60), { relaunched: 1 });
  t.equal(execution?.state, 'cancelled');
  await dispatch();
  t.match(await claimTask(database, taskId, { execution: 'next' }), { attempt: 2 });
});

t.test('whenever a service dies around a submission, one execution comes of it', async (t) => {
  const { database, server, launcher, userId, dispatch, sweep } = await makeScene(t);
  const taskId = await addStartedTask(database, userId);
  await takeLaunchOrders(database, { limit: 1, owner: 'died before the call' });
  t.match(await sweep(), { relaunched: 1 });
  const [order] = await takeLaunchOrders(database, { limit: 1, owner: 'died before the answer' });
  t.match(order, { launch: 1, submission: 2 }, 'still the first launch');
  await launcher.launch({ taskId, userId, launch: 1, submission: 2, signal: new AbortController().signal });
  t.match(await sweep(), { waits: 1 });
  t.match(
    await orderOf(database, taskId),
    { launches: 1, name: server.executions[0]?.name },
    'found and noted',
  );
  await dispatch();
  t.equal(server.executions.length, 1);
});

t.test(
  'a platform that does not answer is asked again; one that forbids the question is not believed',
  async (t) => {
    const { database, server, userId, dispatch, sweep } = await makeScene(t);
    await addStartedTask(database, userId);
    await dispatch();
    server.fail({ method: 'GetExecution', fault: { status: 'UNAVAILABLE' } });
    t.match(await sweep(), { waits: 1 });
    server.fail({ method: 'GetExecution', fault: { status: 'PERMISSION_DENIED' } });
    t.match(await sweep(), { relaunched: 1 });
  },
);

t.test('many that fall silent at once are all brought on, each once', async (t) => {
  const { database, server, userId, dispatch, sweep } = await makeScene(t);
  for (let index = 0; index < 25; index += 1) await addStartedTask(database, userId);
  await dispatch();
  for (const execution of server.executions) execution.become('failed');
  const counts = await Promise.all([sweep(), sweep()]);
  const relaunched = counts.reduce((sum, one) => sum + (typeof one === 'string' ? 0 : one.relaunched), 0);
  t.equal(relaunched, 25);
  await dispatch();
  t.equal(server.executions.length, 50);
});

t.test('a task that is taken up during a long sweep is left to whoever took it up', async (t) => {
  const { database, server, userId, dispatch, sweep } = await makeScene(t);
  for (let index = 0; index < 11; index += 1) await addStartedTask(database, userId);
  await dispatch();
  for (const execution of server.executions) execution.become('running');
  await database.pool.query(`update launch_orders set launched_at = now() - interval '301 s'`);
  await watch(database);
  // The first ten are at the platform when the eleventh is taken up.
  server.fail({ method: 'GetExecution', times: 10, fault: { delayMs: 300 } });
  const sweeping = sweep(30, 60);
  const asked = () => server.calls.filter(({ method }) => method === 'GetExecution').length;
  await until('ten questions', () => asked() === 10);
  const { rows } = await database.pool.query(
    'select task_id as id, job_execution_name as name from choreography_tasks order by created_at desc limit 1',
  );
  const [{ id, name }] = rows;
  await claimTask(database, id, { execution: name.split('/').at(-1) });
  t.match(await sweeping, { relaunched: 10, waits: 1 });
  t.equal(server.executions.find((execution) => execution.name === name)?.state, 'running');
  t.match(await orderOf(database, id), { state: 'launched', launches: 1 });
});
