import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import {
  cancelTask,
  claimTask,
  connectDatabase,
  findWatchableTasks,
  heartbeat,
  listenForTaskChanges,
  recordProgress,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addPendingTask, addStartedTask, addUser } from './fixtures.ts';

/** What never comes is ended by the test's own limit. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(10);
}

t.test('whatever changes a task is heard of once it is committed, in whatever process', async (t) => {
  const { url, db } = await makeTestDatabase(t);
  const user = await addUser(db);
  const taskId = await addStartedTask(db, { userId: user.id });
  const other = await addPendingTask(db, { userId: user.id });
  const heard: string[] = [];
  const listener = await listenForTaskChanges(db, { onChange: (id) => heard.push(id), onLost: () => {} });
  const job = connectDatabase({ url });
  const { attempt } = (await claimTask(job, taskId))!;
  await until(() => heard.length === 1);
  await heartbeat(job, taskId, attempt);
  await recordProgress(job, taskId, attempt, { progress: 5, stage: 'video_assembly', message: '…' });
  await until(() => heard.length === 2);
  await cancelTask(job, taskId, user.id);
  await until(() => heard.length === 3);
  await job.pool.query('delete from users where id = $1', [user.id]);
  await until(() => heard.length === 5);
  t.same(heard.slice(0, 3), [taskId, taskId, taskId], 'a heartbeat is silent');
  t.same(heard.slice(3).sort(), [taskId, other].sort(), 'deleted with their owner');
  await job.close();
  await listener.close();
});

t.test('the loss of the connection is told, its own end is not', async (t) => {
  const { db } = await makeTestDatabase(t);
  let losses = 0;
  const options = { onChange: () => {}, onLost: () => void losses++ };
  await (await listenForTaskChanges(db, options)).close();
  t.equal(losses, 0);
  const listener = await listenForTaskChanges(db, options);
  await db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query like 'listen %'`,
  );
  await until(() => losses === 1);
  await listener.close();
  const nowhere = connectDatabase({ url: 'postgres://maria:hush@127.0.0.1:1/nowhere' });
  await t.rejects(listenForTaskChanges(nowhere, options), { code: 'DB_UNAVAILABLE' });
  await nowhere.close();
  t.equal(losses, 1);
});

t.test('tasks are found while they and the accounts of their owners are there', async (t) => {
  const { db } = await makeTestDatabase(t);
  const [active, disabled] = [await addUser(db), await addUser(db)];
  const [taskId, hidden] = [
    await addPendingTask(db, { userId: active.id }),
    await addPendingTask(db, { userId: disabled.id }),
  ];
  await db.pool.query('update users set is_active = false where id = $1', [disabled.id]);
  const unknown = '00000000-0000-4000-8000-000000000000';
  const found = await findWatchableTasks(db, [taskId, hidden, unknown]);
  t.match(found, [{ taskId, userId: active.id, status: 'pending', song: null }]);
  t.equal(found.length, 1);
  t.same(await findWatchableTasks(db, []), []);
});
