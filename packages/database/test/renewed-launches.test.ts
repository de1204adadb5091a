import t from 'tap';
import {
  cancelTask,
  claimTask,
  completeTask,
  findBlueprint,
  findTask,
  recordProgress,
  renewLaunch,
  takeLaunchOrders,
  taskFigures,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addCompletedTask, addPendingTask, addStartedTask, addUser } from './fixtures.ts';

const TAKE_ALL = { limit: 1_000, owner: 'test' };

t.test('a completed task begins another round from the same blueprint, with all its attempts', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  await takeLaunchOrders(db, TAKE_ALL);
  for (let attempt = 1; attempt <= 3; attempt++) await claimTask(db, taskId);
  await completeTask(db, taskId, 3, { duration: 1 });
  const blueprint = await findBlueprint(db, taskId);

  t.equal(await renewLaunch(db, { taskId }), true);
  t.match(await findTask(db, taskId), {
    status: 'started',
    progress: 0,
    stage: 'video_assembly',
    error: null,
    completedAt: null,
    result: { duration: 1 },
  });
  t.same(await findBlueprint(db, taskId), blueprint);
  const [order] = await takeLaunchOrders(db, TAKE_ALL);
  t.match(order, { taskId, launch: 2, submission: 1 });
  t.ok((order?.countedLaunch ?? 99) <= 1, 'earlier launches do not count');

  t.equal(await recordProgress(db, taskId, 3, { progress: 50, stage: 'x', message: 'late' }), false);
  t.equal(await completeTask(db, taskId, 3, { duration: 99 }), false, 'the old attempt is fenced off');
  for (const attempt of [5, 6, 7]) {
    t.match(await claimTask(db, taskId, { maxAttempts: 3 }), { attempt, countedAttempt: attempt - 4 });
  }
  t.equal(await completeTask(db, taskId, 7, { duration: 2 }), true);
  t.match(await findTask(db, taskId), { status: 'completed', progress: 100, result: { duration: 2 } });
});

t.test('of many that ask at once one alone begins the round', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addCompletedTask(db);
  const renewed = await Promise.all(Array.from({ length: 8 }, () => renewLaunch(db, { taskId })));
  t.same(renewed.filter(Boolean), [true]);
  t.equal((await takeLaunchOrders(db, TAKE_ALL)).length, 1);
});

t.test('a round that was cancelled can be begun again; what never had a video cannot', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const taskId = await addCompletedTask(db, { userId });
  await renewLaunch(db, { taskId });
  await cancelTask(db, taskId, userId);
  t.equal(await renewLaunch(db, { taskId }), true);
  const failed = await addStartedTask(db, { userId });
  await cancelTask(db, failed, userId);
  for (const other of [failed, await addPendingTask(db), await addStartedTask(db), 'no task']) {
    t.equal(await renewLaunch(db, { taskId: other }), false);
  }
});

t.test(
  'an old task that is rendered again is not taken for one that has waited since it was made',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const taskId = await addCompletedTask(db);
    await db.pool.query(`update choreography_tasks set created_at = created_at - interval '90 days'`);
    await db.pool.query(`update launch_orders set created_at = created_at - interval '90 days'`);
    await renewLaunch(db, { taskId });
    t.ok((await taskFigures(db)).oldestOpenSec < 3_600);
  },
);
