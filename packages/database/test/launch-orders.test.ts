import { randomUUID } from 'node:crypto';
import t from 'tap';
import {
  claimTask,
  connectDatabase,
  failTask,
  findSilentTasks,
  findTask,
  finishLaunchOrder,
  heartbeat,
  recordHandOver,
  releaseLaunchOrder,
  takeLaunchOrders,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addPendingTask, addStartedTask, addUser } from './fixtures.ts';

const TAKE_ALL = { limit: 1_000, owner: 'test' };

async function takeIds(...args: Parameters<typeof takeLaunchOrders>): Promise<string[]> {
  return (await takeLaunchOrders(...args)).map(({ taskId }) => taskId);
}

t.test('parallel takers on connections of their own get every order once, none twice', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const all = await Promise.all(Array.from({ length: 40 }, () => addStartedTask(db, { userId })));
  const takers = Array.from({ length: 8 }, () => connectDatabase({ url, maxConnections: 1 }));
  const taken = await Promise.all(
    takers.map(async (taker, index) => {
      const mine: string[] = [];
      for (;;) {
        const batch = await takeIds(taker, { limit: 3, owner: `taker-${index}` });
        t.ok(batch.length <= 3);
        if (batch.length === 0) return mine;
        mine.push(...batch);
      }
    }),
  );
  await Promise.all(takers.map((taker) => taker.close()));
  // A taker may have found nothing while others still held their rows; what it left is still there.
  const rest = await takeIds(db, TAKE_ALL);
  t.same([...taken.flat(), ...rest].sort(), all.toSorted());
  const { rows } = await db.pool.query('select distinct state, launches from launch_orders');
  t.same(rows, [{ state: 'launched', launches: 1 }]);
});

t.test('an order that another taker holds is passed over, not waited for', async (t) => {
  const { db } = await makeTestDatabase(t);
  const first = await addStartedTask(db);
  const second = await addStartedTask(db);
  const holder = await db.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from launch_orders where task_id = $1 for update', [first]);
  t.same(await takeIds(db, { limit: 1, owner: 'me' }), [second]);
  await holder.query('rollback');
  holder.release();
  t.same(await takeIds(db, { limit: 1, owner: 'me' }), [first]);
});

t.test(
  'orders are taken oldest first, and not before they are due or after their task has ended',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const older = await addStartedTask(db);
    const newer = await addStartedTask(db);
    const early = await addStartedTask(db);
    const ended = await addStartedTask(db);
    await db.pool.query(`update launch_orders set available_at = now() + interval '1 h' where task_id = $1`, [
      early,
    ]);
    await db.pool.query(`update choreography_tasks set status = 'failed' where task_id = $1`, [ended]);
    t.same(await takeIds(db, { limit: 1, owner: 'me' }), [older]);
    t.same(await takeIds(db, TAKE_ALL), [newer]);
  },
);

t.test('a released order is launched again, after its delay', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  t.equal(await releaseLaunchOrder(db, taskId), false, 'it is queued as it is');
  await takeLaunchOrders(db, TAKE_ALL);
  t.equal(await releaseLaunchOrder(db, taskId, { ifLaunches: 2 }), false, 'it was launched once');
  t.equal(await releaseLaunchOrder(db, taskId, { ifLaunches: 1 }), true);
  t.equal(await releaseLaunchOrder(db, taskId, { ifLaunches: 1 }), false, 'only one of two sweepers');
  t.same(await takeIds(db, TAKE_ALL), [taskId]);
  t.equal(await releaseLaunchOrder(db, taskId, { delaySec: 3_600 }), true);
  t.same(await takeIds(db, TAKE_ALL), []);
  const { rows } = await db.pool.query(
    `select launches, owner, available_at > now() + interval '59 min' as is_later from launch_orders`,
  );
  t.same(rows, [{ launches: 2, owner: 'test', is_later: true }]);
});

t.test('the order of a task that has ended is not put back', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  await takeLaunchOrders(db, TAKE_ALL);
  await failTask(db, taskId, 'over');
  t.equal(await releaseLaunchOrder(db, taskId), false);
  await t.resolves(finishLaunchOrder(db, taskId), 'finishing twice is harmless');
  await t.resolves(finishLaunchOrder(db, randomUUID()));
});

t.test('a launched task is silent when neither launch nor heartbeat is recent', async (t) => {
  const { db } = await makeTestDatabase(t);
  const queued = await addStartedTask(db);
  await db.pool.query(`update launch_orders set available_at = now() + interval '1 h'`);
  await addPendingTask(db);
  const neverClaimed = await addStartedTask(db);
  const stalled = await addStartedTask(db);
  const beating = await addStartedTask(db);
  const relaunched = await addStartedTask(db);
  const ended = await addStartedTask(db);
  await takeLaunchOrders(db, TAKE_ALL);
  await claimTask(db, stalled);
  await claimTask(db, beating);
  await claimTask(db, relaunched);
  t.same(await findSilentTasks(db, { silentForSec: 45 }), [], 'all have just been launched');
  await db.pool.query(`
    update launch_orders set launched_at = now() - interval '60 s';
    update choreography_tasks set heartbeat_at = now() - interval '60 s' where heartbeat_at is not null`);
  await heartbeat(db, beating, 1);
  await releaseLaunchOrder(db, relaunched);
  await takeLaunchOrders(db, TAKE_ALL);
  await failTask(db, ended, 'over');
  t.match(await findSilentTasks(db, { silentForSec: 45 }), [
    { taskId: neverClaimed, attempt: 0, launches: 1, isClaimed: false },
    { taskId: stalled, attempt: 1, launches: 1, isClaimed: true },
  ]);
  t.same(await findSilentTasks(db, { silentForSec: 75 }), []);
  t.ok(queued);
});

t.test('a started task that has lost its order is silent too, so that none waits for ever', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  await db.pool.query('delete from launch_orders');
  await db.pool.query(`update choreography_tasks set updated_at = now() - interval '60 s'`);
  t.match(await findSilentTasks(db, { silentForSec: 45 }), [{ taskId, attempt: 0, launches: 0 }]);
});

const EXECUTION = 'projects/p/locations/l/jobs/render/executions/render-1';

t.test('no order is taken while as many tasks are under way as may be', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const tasks: string[] = [];
  for (let count = 0; count < 4; count += 1) tasks.push(await addStartedTask(db, { userId }));
  const few = { ...TAKE_ALL, maxUnderWay: 2 };
  const [first = ''] = await takeIds(db, few);
  t.same(await takeIds(db, few), [], 'two are under way');
  await failTask(db, first, 'x');
  t.equal((await takeIds(db, few)).length, 1, 'one has ended');
  t.same(await takeIds(db, { ...few, maxUnderWay: 1 }), [], 'fewer than are under way');
  t.equal((await takeIds(db, TAKE_ALL)).length, 1, 'without a limit');
});

t.test('launchers that take at the same moment keep a common limit', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  await Promise.all(Array.from({ length: 50 }, () => addStartedTask(db, { userId })));
  const takers = Array.from({ length: 5 }, () => connectDatabase({ url, maxConnections: 1 }));
  t.teardown(() => Promise.all(takers.map((taker) => taker.close())));
  for (let round = 0; round < 10; round += 1) {
    const taken = await Promise.all(
      takers.map((taker, index) => takeIds(taker, { limit: 10, owner: `taker-${index}`, maxUnderWay: 10 })),
    );
    t.equal(taken.flat().length, 10);
    await db.pool.query(`update launch_orders set state = 'queued'`);
  }
});

t.test('a launch is numbered once, however often it is submitted', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  const take = async () => (await takeLaunchOrders(db, TAKE_ALL))[0];
  t.match(await take(), { taskId, launch: 1, countedLaunch: 1, submission: 1 });
  await releaseLaunchOrder(db, taskId, { isSameLaunch: true });
  t.match(await take(), { taskId, launch: 1, countedLaunch: 1, submission: 2 });
  await releaseLaunchOrder(db, taskId);
  t.match(await take(), { taskId, launch: 2, countedLaunch: 2, submission: 1 });
  await releaseLaunchOrder(db, taskId, { isExcused: true });
  t.match(
    await take(),
    { taskId, launch: 3, countedLaunch: 2, submission: 1 },
    'an excused one does not count',
  );
});

t.test('the execution of a launch is noted while that launch is wanted', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  const handOver = (launch: number) => recordHandOver(db, taskId, { launch, executionName: EXECUTION });
  t.equal(await handOver(0), false, 'it waits in the queue');
  await takeLaunchOrders(db, TAKE_ALL);
  t.equal(await handOver(1), true);
  t.match(await findTask(db, taskId), { jobExecutionName: EXECUTION });
  t.equal(await handOver(2), false, 'another launch');
  await failTask(db, taskId, 'over');
  t.equal(await handOver(1), false, 'the task has ended');
});

t.test('an execution has longer to take up its task than a job between two heartbeats', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  await takeLaunchOrders(db, TAKE_ALL);
  await db.pool.query(`update launch_orders set launched_at = now() - interval '45 s'`);
  const limits = { silentForSec: 30, unclaimedForSec: 60 };
  t.match(await findSilentTasks(db, limits), [{ taskId, executionName: null }], 'nobody noted a hand-over');
  await recordHandOver(db, taskId, { launch: 1, executionName: EXECUTION });
  t.same(await findSilentTasks(db, limits), []);
  t.match(await findSilentTasks(db, { ...limits, unclaimedForSec: 40 }), [
    { taskId, executionName: EXECUTION, isClaimed: false },
  ]);
  await claimTask(db, taskId, { execution: 'render-1' });
  await db.pool.query(`update choreography_tasks set heartbeat_at = now() - interval '35 s'`);
  const [silent] = await findSilentTasks(db, limits);
  t.match(silent, { taskId, isClaimed: true, heldBy: 'render-1' });
  t.ok((silent?.silentSec ?? 0) >= 35 && (silent?.silentSec ?? 0) < 60);
});
