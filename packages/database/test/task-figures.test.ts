import t from 'tap';
import {
  claimTask,
  completeTask,
  failAttempt,
  poolFigures,
  storeBlueprintAndOrderLaunch,
  takeLaunchOrders,
  taskFigures,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addPendingTask, addStartedTask } from './fixtures.ts';

const NOTHING = { pending: 0, started: 0, running: 0, completed: 0, failed: 0 };

t.test('without tasks every figure is zero or absent', async (t) => {
  const { db } = await makeTestDatabase(t);
  t.strictSame(await taskFigures(db), {
    countOf: NOTHING,
    oldestOpenSec: 0,
    retriedCount: 0,
    brokenCount: 0,
    completionSec: null,
    queuedCount: 0,
  });
});

t.test('tasks are counted by status: open ones of any age, ended ones of the last day', async (t) => {
  const { db } = await makeTestDatabase(t);
  const age = (taskId: string, interval: string) =>
    db.pool.query(
      `update choreography_tasks set created_at = now() - $2::interval,
        completed_at = completed_at - $2::interval + interval '60 s' where task_id = $1`,
      [taskId, interval],
    );
  const old = await addPendingTask(db);
  await age(old, '3 days');
  await addPendingTask(db);
  await addStartedTask(db);
  const ended: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    const taskId = await addStartedTask(db);
    await claimTask(db, taskId);
    if (index === 2) await claimTask(db, taskId);
    await completeTask(db, taskId, index === 2 ? 2 : 1, {});
    ended.push(taskId);
  }
  await age(ended[0]!, '2 days');
  await age(ended[1]!, '1 hour');
  await age(ended[2]!, '2 hours');
  const failed = await addStartedTask(db);
  await claimTask(db, failed);
  await failAttempt(db, failed, 1, { error: 'It fell.' });
  const figures = await taskFigures(db);
  t.strictSame(figures.countOf, { ...NOTHING, pending: 2, started: 1, completed: 2, failed: 1 });
  t.ok(Math.abs(figures.oldestOpenSec - 3 * 86_400) < 3_600, `${figures.oldestOpenSec} s`);
  t.equal(figures.retriedCount, 1);
  t.equal(figures.brokenCount, 1);
  await db.pool.query(`update choreography_tasks set error = 'Cancelled by user' where status = 'failed'`);
  t.match(await taskFigures(db), { brokenCount: 0, countOf: { failed: 1 } });
  t.ok(Math.abs((figures.completionSec?.median ?? 0) - 60) < 30, `${figures.completionSec?.median} s`);
  t.equal(figures.queuedCount, 1, 'those that ended wait no more');
  await takeLaunchOrders(db, { limit: 9, owner: 'test' });
  t.match(await taskFigures(db), { queuedCount: 0 });
});

t.test('an order keeps the trace that it belongs to, over every launch', async (t) => {
  const { db } = await makeTestDatabase(t);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const taskId = await addPendingTask(db);
  await storeBlueprintAndOrderLaunch(db, {
    taskId,
    blueprint: {},
    sha256: 'a'.repeat(64),
    traceparent,
  });
  t.match(await takeLaunchOrders(db, { limit: 1, owner: 'test' }), [{ launch: 1, traceparent }]);
  await db.pool.query(`update launch_orders set state = 'queued', submissions = 0`);
  t.match(await takeLaunchOrders(db, { limit: 1, owner: 'test' }), [{ launch: 2, traceparent }]);
  const untraced = await addStartedTask(db);
  const [order] = await takeLaunchOrders(db, { limit: 1, owner: 'test' });
  t.strictSame([order?.taskId, order?.traceparent], [untraced, undefined]);
});

t.test('a pool says how many connections are in use, and who waits', async (t) => {
  const { db } = await makeTestDatabase(t);
  const held = await Promise.all(Array.from({ length: db.pool.options.max ?? 0 }, () => db.pool.connect()));
  const waiting = db.pool.query('select 1');
  t.strictSame(poolFigures(db), { inUse: held.length, idle: 0, waiting: 1 });
  for (const client of held) client.release();
  await waiting;
  t.strictSame(poolFigures(db), { inUse: 0, idle: held.length, waiting: 0 });
});
