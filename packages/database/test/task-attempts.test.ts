import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import {
  cancelTask,
  claimTask,
  completeTask,
  type Database,
  failAttempt,
  failTask,
  findTask,
  heartbeat,
  recordProgress,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addPendingTask, addStartedTask, addUser } from './fixtures.ts';

const RENDERING = { progress: 30, stage: 'video_assembly', message: 'Assembling video clips...' };

/** Every write an attempt can make, by name. */
const WRITES: Record<string, (db: Database, taskId: string, attempt: number) => Promise<boolean>> = {
  recordProgress: (db, taskId, attempt) => recordProgress(db, taskId, attempt, RENDERING),
  heartbeat,
  completeTask: (db, taskId, attempt) => completeTask(db, taskId, attempt, { late: true }),
  failAttempt: (db, taskId, attempt) => failAttempt(db, taskId, attempt, { error: 'late' }),
};

async function expectNoWriteCounts(t: Test, db: Database, taskId: string, attempt: number): Promise<void> {
  const before = await findTask(db, taskId);
  for (const [name, write] of Object.entries(WRITES)) {
    t.equal(await write(db, taskId, attempt), false, `${name} says so`);
  }
  t.same(await findTask(db, taskId), before, 'and the row is as it was');
}

t.test('a claim begins the next attempt and sets the task running', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  t.match(await claimTask(db, taskId), {
    attempt: 1,
    task: { taskId, status: 'running', heartbeatAt: Date },
  });
  t.match(await claimTask(db, taskId), { attempt: 2 });
  t.match(await findTask(db, taskId), { status: 'running', attempt: 2 });
});

t.test('twenty claims at the same time get twenty different attempts', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  const claims = await Promise.all(Array.from({ length: 20 }, () => claimTask(db, taskId)));
  t.same(
    claims.map((claim) => claim?.attempt ?? 0).sort((a, b) => a - b),
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
});

t.test(
  'there is nothing to claim without a blueprint, after the end, or where there is no task',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    t.equal(await claimTask(db, await addPendingTask(db)), null);
    t.equal(await claimTask(db, randomUUID()), null);
    const ended = await addStartedTask(db);
    await failTask(db, ended, 'over');
    t.equal(await claimTask(db, ended), null);
    t.match(await findTask(db, ended), { status: 'failed', attempt: 0 });
  },
);

t.test('progress never goes back, not within an attempt and not in the next one', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  await claimTask(db, taskId);
  t.equal(await recordProgress(db, taskId, 1, { ...RENDERING, progress: 70 }), true);
  t.equal(
    await recordProgress(db, taskId, 1, { progress: 20, stage: 'uploading_result', message: 'm' }),
    true,
  );
  t.match(await findTask(db, taskId), { progress: 70, stage: 'uploading_result', message: 'm' });
  await claimTask(db, taskId);
  t.equal(await recordProgress(db, taskId, 2, { ...RENDERING, progress: 10 }), true);
  t.match(await findTask(db, taskId), { progress: 70, stage: 'video_assembly' });
  await t.rejects(recordProgress(db, taskId, 2, { ...RENDERING, progress: 101 }), { code: 'DB_CONSTRAINT' });
});

t.test('progress and heartbeats are signs of life', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  await claimTask(db, taskId);
  for (const name of ['heartbeat', 'recordProgress']) {
    await db.pool.query(`update choreography_tasks set heartbeat_at = 'epoch'`);
    t.equal(await WRITES[name]?.(db, taskId, 1), true);
    t.ok(((await findTask(db, taskId))?.heartbeatAt?.getTime() ?? 0) > 0, name);
  }
});

t.test('an attempt that was overtaken writes nothing any more', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  await claimTask(db, taskId);
  await claimTask(db, taskId);
  await expectNoWriteCounts(t, db, taskId, 1);
  await expectNoWriteCounts(t, db, taskId, 3);
  t.equal(await WRITES.recordProgress?.(db, taskId, 2), true, 'its successor does');
});

t.test('a cancelled task stays cancelled whatever its job still writes', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const taskId = await addStartedTask(db, { userId });
  await claimTask(db, taskId);
  await recordProgress(db, taskId, 1, RENDERING);
  await cancelTask(db, taskId, userId);
  await expectNoWriteCounts(t, db, taskId, 1);
  t.match(await findTask(db, taskId), { status: 'failed', error: 'Cancelled by user', progress: 30 });
});

t.test('a completed task holds its result exactly and is not written again', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  await claimTask(db, taskId);
  await recordProgress(db, taskId, 1, RENDERING);
  const result = {
    video_url: `/media/output/choreography_${taskId}.mp4`,
    duration: 227.18333333333334,
    file_size: 36_992_903,
    tiny: 5e-324,
    huge: Number.MAX_SAFE_INTEGER,
    nested: { list: [0.1, null, 'ñ'] },
  };
  t.equal(await completeTask(db, taskId, 1, result), true);
  const task = await findTask(db, taskId);
  t.match(task, {
    status: 'completed',
    progress: 100,
    stage: 'completed',
    message: 'Choreography generated successfully',
    completedAt: Date,
  });
  t.strictSame(task?.result, result);
  await expectNoWriteCounts(t, db, taskId, 1);
  const { rows } = await db.pool.query('select state from launch_orders');
  t.same(rows, [{ state: 'finished' }]);
});

t.test('a failed attempt ends the task where it was', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  await claimTask(db, taskId);
  await recordProgress(db, taskId, 1, RENDERING);
  t.equal(await failAttempt(db, taskId, 1, { error: 'FFmpeg error: Invalid video codec' }), true);
  t.match(await findTask(db, taskId), {
    status: 'failed',
    progress: 30,
    stage: 'video_assembly',
    message: 'Video assembly failed',
    error: 'FFmpeg error: Invalid video codec',
    completedAt: null,
  });
  await expectNoWriteCounts(t, db, taskId, 1);
});

t.test('of a completion and a cancellation at the same time one alone counts', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  for (let round = 0; round < 10; round += 1) {
    const taskId = await addStartedTask(db, { userId });
    await claimTask(db, taskId);
    const [isCompleted, outcome] = await Promise.all([
      completeTask(db, taskId, 1, { ok: true }),
      cancelTask(db, taskId, userId),
    ]);
    t.not(isCompleted, outcome.cancelled);
    t.equal((await findTask(db, taskId))?.status, isCompleted ? 'completed' : 'failed');
  }
});

t.test(
  'of two executions started for one task the second gets nothing while the first is heard of',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const taskId = await addStartedTask(db);
    t.match(await claimTask(db, taskId, { execution: 'first' }), { attempt: 1, task: { heldBy: 'first' } });
    const before = await findTask(db, taskId);
    t.equal(await claimTask(db, taskId, { execution: 'second' }), null);
    t.same(await findTask(db, taskId), before, 'nothing has changed');
    t.match(
      await claimTask(db, taskId, { execution: 'first' }),
      { attempt: 2 },
      'started again by the platform',
    );
    await db.pool.query(`update choreography_tasks set heartbeat_at = now() - interval '31 s'`);
    t.match(await claimTask(db, taskId, { execution: 'second' }), { attempt: 3, task: { heldBy: 'second' } });
    await expectNoWriteCounts(t, db, taskId, 2);
  },
);

t.test('twenty executions that claim at once: one has the task', async (t) => {
  const { db } = await makeTestDatabase(t);
  const taskId = await addStartedTask(db);
  const claims = await Promise.all(
    Array.from({ length: 20 }, (_, index) => claimTask(db, taskId, { execution: `execution-${index}` })),
  );
  t.equal(claims.filter((claim) => claim !== null).length, 1);
  t.match(await findTask(db, taskId), { attempt: 1 });
});

t.test(
  'a claim beyond the last attempt fails the task; attempts that the service cut short do not count',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const taskId = await addStartedTask(db);
    await db.pool.query('update launch_orders set excused = 1');
    const claim = () => claimTask(db, taskId, { execution: 'same', maxAttempts: 3 });
    for (const attempt of [1, 2, 3, 4]) t.match(await claim(), { attempt, countedAttempt: attempt - 1 });
    t.equal(await claim(), null);
    t.match(await findTask(db, taskId), {
      status: 'failed',
      attempt: 4,
      error: 'The rendering job stopped unexpectedly, 3 times in a row.',
      message: 'Video assembly failed',
    });
    const { rows } = await db.pool.query('select state from launch_orders');
    t.same(rows, [{ state: 'finished' }]);
    t.equal(await claim(), null);
  },
);
