import { randomUUID } from 'node:crypto';
import t from 'tap';
import {
  cancelTask,
  claimTask,
  completeTask,
  createTask,
  failTask,
  findAbandonedPendingTasks,
  findBlueprint,
  findTask,
  listTasks,
  storeBlueprintAndOrderLaunch,
  takeLaunchOrders,
  updatePendingTask,
  upsertSong,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addPendingTask, addStartedTask, addUser, songValues } from './fixtures.ts';

t.test('a new task is pending at progress 0 and keeps what was asked for', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const { row: song } = await upsertSong(db, songValues());
  const asked = {
    taskId: randomUUID(),
    userId,
    songId: song.id,
    requestKind: 'ai',
    query: 'a romantic bachata',
    difficulty: 'advanced',
    energyLevel: 'low',
    style: 'modern',
    seed: Number.MAX_SAFE_INTEGER,
    stage: 'generating_blueprint',
    message: 'Generating choreography blueprint...',
  } as const;
  await createTask(db, asked);
  const task = await findTask(db, asked.taskId);
  t.match(task, { ...asked, status: 'pending', progress: 0, attempt: 0, result: null, error: null });
  t.same(task?.song, song);
  t.equal(await findTask(db, randomUUID()), null);
  await db.pool.query('delete from songs');
  t.match(await findTask(db, asked.taskId), { song: null, songId: null });
});

t.test("a list holds the user's own tasks, newest first, with their songs", async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const { row: song } = await upsertSong(db, songValues());
  const first = await addPendingTask(db, { userId, songId: song.id });
  const second = await addPendingTask(db, { userId });
  const third = await addStartedTask(db, { userId });
  await addPendingTask(db);
  const all = await listTasks(db, { userId, limit: 10, offset: 0 });
  t.same(
    all.rows.map((task) => task.taskId),
    [third, second, first],
  );
  t.match(all, { count: 3, rows: [{ song: null }, { song: null }, { song: { id: song.id } }] });
  const pending = await listTasks(db, { userId, status: 'pending', limit: 1, offset: 1 });
  t.match(pending, { count: 2, rows: [{ taskId: first }] });
  t.same(await listTasks(db, { userId, status: 'failed', limit: 10, offset: 0 }), { rows: [], count: 0 });
});

t.test('only a pending task is changed by its planner', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addPendingTask(db);
  t.equal(await updatePendingTask(db, taskId, { stage: 'submitting_job', difficulty: 'advanced' }), true);
  t.match(await findTask(db, taskId), { stage: 'submitting_job', difficulty: 'advanced', status: 'pending' });
  t.equal(await updatePendingTask(db, await addStartedTask(db), { stage: 'x' }), false);
  t.equal(await updatePendingTask(db, randomUUID(), { stage: 'x' }), false);
});

t.test('a planned task is handed over with its blueprint and its launch order at once', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addPendingTask(db);
  const blueprint = {
    task_id: taskId,
    moves: [{ start_time: 0.1 + 0.2, duration: 1e-9, trim_end: 0 }],
    empty: [],
  };
  t.equal(await storeBlueprintAndOrderLaunch(db, { taskId, blueprint, sha256: 'a'.repeat(64) }), true);
  t.match(await findTask(db, taskId), {
    status: 'started',
    stage: 'video_assembly',
    message: 'Job submitted, assembling video...',
    progress: 0,
  });
  t.same(await findBlueprint(db, taskId), { blueprint, sha256: 'a'.repeat(64) });
  t.equal(await storeBlueprintAndOrderLaunch(db, { taskId, blueprint: {}, sha256: '' }), false, 'only once');
  t.match(await takeLaunchOrders(db, { limit: 10, owner: 'me' }), [{ taskId }]);
  t.equal(await findBlueprint(db, randomUUID()), null);
});

t.test('a task cancelled while it was planned stores no blueprint and is not launched', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const taskId = await addPendingTask(db, { userId });
  t.same(await cancelTask(db, taskId, userId), { cancelled: true });
  t.equal(await storeBlueprintAndOrderLaunch(db, { taskId, blueprint: {}, sha256: 'x' }), false);
  t.equal(await findBlueprint(db, taskId), null);
  t.same(await takeLaunchOrders(db, { limit: 10, owner: 'me' }), []);
  t.match(await findTask(db, taskId), {
    status: 'failed',
    error: 'Cancelled by user',
    message: 'Task cancelled by user',
    stage: 'generating_blueprint',
    progress: 0,
  });
});

t.test('a cancellation and a hand-over at the same time agree on who was first', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  for (let round = 0; round < 10; round += 1) {
    const taskId = await addPendingTask(db, { userId });
    const [isStored, outcome] = await Promise.all([
      storeBlueprintAndOrderLaunch(db, { taskId, blueprint: {}, sha256: 'x' }),
      cancelTask(db, taskId, userId),
    ]);
    t.same(outcome, { cancelled: true }, 'cancelling is allowed on either side of the hand-over');
    t.equal((await findBlueprint(db, taskId)) !== null, isStored);
    t.match(await findTask(db, taskId), { status: 'failed', error: 'Cancelled by user' });
  }
  t.same(await takeLaunchOrders(db, { limit: 100, owner: 'me' }), []);
});

t.test('what has ended, or belongs to somebody else, is not cancelled', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const taskId = await addStartedTask(db, { userId });
  const { id: strangerId } = await addUser(db);
  t.same(await cancelTask(db, taskId, strangerId), { cancelled: false, status: null });
  t.same(await cancelTask(db, randomUUID(), userId), { cancelled: false, status: null });
  await claimTask(db, taskId);
  await completeTask(db, taskId, 1, { video_url: '/media/x.mp4' });
  t.same(await cancelTask(db, taskId, userId), { cancelled: false, status: 'completed' });
  t.match(await findTask(db, taskId), { status: 'completed', error: null });
});

t.test('a task fails once, keeps stage and progress, and frees its launch order', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  t.equal(await failTask(db, taskId, 'No sign of life'), true);
  t.match(await findTask(db, taskId), {
    status: 'failed',
    error: 'No sign of life',
    stage: 'video_assembly',
    message: 'Job submitted, assembling video...',
    completedAt: null,
  });
  t.equal(await failTask(db, taskId, 'again', { message: 'other' }), false);
  t.match(await findTask(db, taskId), { error: 'No sign of life' });
  const { rows } = await db.pool.query('select state from launch_orders');
  t.same(rows, [{ state: 'finished' }]);
  const pendingId = await addPendingTask(db);
  t.equal(await failTask(db, pendingId, 'why', { message: 'Planning failed' }), true);
  t.match(await findTask(db, pendingId), { message: 'Planning failed' });
});

t.test('pending tasks whose planner is gone are found by their age', async (t) => {
  const { db } = await makeTestDatabase(t);
  const old = await addPendingTask(db);
  const oldButStarted = await addStartedTask(db);
  await db.pool.query(`update choreography_tasks set created_at = now() - interval '61 s'`);
  const young = await addPendingTask(db);
  t.same(await findAbandonedPendingTasks(db, { olderThanSec: 60 }), [old]);
  t.same(await findAbandonedPendingTasks(db, { olderThanSec: 62.5 }), []);
  t.not(young, oldButStarted);
});

t.test('a status or a progress outside the documented ones is refused by the table', async (t) => {
  const { db } = await makeTestDatabase(t);
  await addPendingTask(db);
  await t.rejects(db.pool.query(`update choreography_tasks set status = 'processing'`), { code: '23514' });
  await t.rejects(db.pool.query('update choreography_tasks set progress = 101'), { code: '23514' });
});
