import { randomUUID } from 'node:crypto';
import t from 'tap';
import { type Caller, findCaller, findTask, type User, updateUser } from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addPendingTask, addUser } from './fixtures.ts';

const callerOf = ({ id, isActive, isStaff, isInstructor }: User): Caller => ({
  id,
  isActive,
  isStaff,
  isInstructor,
  familyId: null,
  hasSession: true,
});

t.test('rows that are asked for at once come from one query, each to whoever asked for it', async (t) => {
  const { db } = await makeTestDatabase(t);
  const ana = await addUser(db, 'ana');
  const bea = await addUser(db, 'bea');
  const taskIds = [
    await addPendingTask(db, { userId: ana.id }),
    await addPendingTask(db, { userId: bea.id }),
  ];
  const queries = t.capture(db.pool, 'query', db.pool.query);
  const asked = [bea.id, ana.id, bea.id + 1, bea.id];
  t.same(await Promise.all(asked.map((id) => findCaller(db, { id, familyId: null }))), [
    callerOf(bea),
    callerOf(ana),
    null,
    callerOf(bea),
  ]);
  t.equal(queries().length, 1);
  const tasks = await Promise.all([...taskIds, randomUUID()].map((id) => findTask(db, id)));
  t.same(
    tasks.map((task) => task?.userId),
    [ana.id, bea.id, undefined],
  );
  t.equal(queries().length, 1);
  queries.restore();
});

t.test('whoever asks after a change sees it, whoever fails fails with all who asked', async (t) => {
  const { db } = await makeTestDatabase(t);
  const ana = await addUser(db, 'ana');
  const earlier = findCaller(db, { id: ana.id, familyId: null });
  await updateUser(db, ana.id, { isActive: false });
  t.match(await findCaller(db, { id: ana.id, familyId: null }), { isActive: false });
  t.match(await earlier, { id: ana.id });
  await db.close();
  const failures = await Promise.allSettled([
    findCaller(db, { id: ana.id, familyId: null }),
    findCaller(db, { id: ana.id, familyId: null }),
  ]);
  t.match(failures, [
    { status: 'rejected', reason: { code: 'DB_FAILED' } },
    { status: 'rejected', reason: { code: 'DB_FAILED' } },
  ]);
});
