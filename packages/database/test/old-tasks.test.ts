import t from 'tap';
import { type Database, deleteOldTasks, saveChoreography } from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addCompletedTask, addPendingTask, addUser } from './fixtures.ts';

const age = (db: Database) =>
  db.pool.query("update choreography_tasks set updated_at = now() - interval '31 days'");
const idsOf = async (db: Database): Promise<string[]> =>
  (await db.pool.query('select task_id from choreography_tasks')).rows.map(({ task_id }) => task_id).sort();

t.test('tasks that ended long ago go, with their blueprints; what is kept or open stays', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const [saved, gone, original, version] = await Promise.all(
    [0, 1, 2, 3].map(() => addCompletedTask(db, { userId })),
  );
  const open = await addPendingTask(db);
  await saveChoreography(db, { userId, taskId: saved! });
  await db.pool.query('update choreography_tasks set original_task_id = $1 where task_id = $2', [
    original,
    version,
  ]);
  t.equal(await deleteOldTasks(db, 30), 0, 'none is old');
  await age(db);
  t.equal(await deleteOldTasks(db, 30), 2);
  t.same(await idsOf(db), [saved, original, open].sort());
  t.equal(await deleteOldTasks(db, 30), 1, 'the version is gone, so the original may go');
  t.same(await idsOf(db), [saved, open].sort());
  t.equal((await db.pool.query('select from blueprints where task_id = $1', [gone])).rowCount, 0);
});
