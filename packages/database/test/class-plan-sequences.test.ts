import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import {
  addClassPlanSequence,
  type Database,
  deleteAllSavedChoreographies,
  deleteClassPlan,
  deleteSavedChoreography,
  duplicateClassPlan,
  findClassPlan,
  listSavedChoreographies,
  MAX_CLASS_PLAN_SEQUENCES,
  removeClassPlanSequence,
  reorderClassPlanSequences,
  updateClassPlanSequence,
} from '../src/index.ts';
import { makeTestDatabase, type TestContext } from '../src/testkit.ts';
import { addChoreography, addClassPlan, addCompletedTask, addPendingTask, addUser } from './fixtures.ts';

/** An instructor with a plan of as many sequences as there are notes. */
async function makePlan(t: TestContext, notes: readonly string[] = []) {
  const { db } = await makeTestDatabase(t);
  const { id: instructorId } = await addUser(db);
  const plan = { classPlanId: (await addClassPlan(db, instructorId)).id, instructorId };
  const { id: choreographyId } = await addChoreography(db, instructorId);
  const ids: string[] = [];
  for (const note of notes) {
    const added = await addClassPlanSequence(db, { ...plan, choreographyId, notes: note });
    if (added.outcome === 'added') ids.push(added.sequence.id);
  }
  return { db, instructorId, plan, choreographyId, ids };
}

type Plan = Awaited<ReturnType<typeof makePlan>>['plan'];

/** The notes of the sequences in their order; fails where the orders are not 0, 1, 2, ... */
async function notesOf(t: Test, db: Database, { classPlanId, instructorId }: Plan): Promise<string[]> {
  const { sequences } = (await findClassPlan(db, classPlanId, instructorId))!;
  t.same(
    sequences.map(({ sequenceOrder }) => sequenceOrder),
    sequences.map((_, index) => index),
    'from 0 without holes',
  );
  return sequences.map(({ notes }) => notes);
}

t.test('a sequence goes to the end, or to the position given, where the others make room', async (t) => {
  const { db, plan, choreographyId } = await makePlan(t, ['a', 'b']);
  const add = (notes: string, position?: number) =>
    addClassPlanSequence(db, {
      ...plan,
      choreographyId,
      notes,
      ...(position === undefined ? {} : { position }),
    });
  t.match(await add('first', 1), {
    outcome: 'added',
    sequence: {
      sequenceOrder: 0,
      notes: 'first',
      estimatedTimeMinutes: null,
      choreography: { id: choreographyId },
    },
  });
  t.match(await add('third', 3), { sequence: { sequenceOrder: 2 } });
  t.match(await add('far', 99), { sequence: { sequenceOrder: 4 } });
  t.match(await add('end'), { sequence: { sequenceOrder: 5 } });
  t.same(await notesOf(t, db, plan), ['first', 'a', 'third', 'b', 'far', 'end']);
});

t.test('a task is taken for the item saved from it, and saved where it was not', async (t) => {
  const { db, plan, instructorId } = await makePlan(t);
  const taskId = await addCompletedTask(db, { userId: instructorId });
  const first = await addClassPlanSequence(db, { ...plan, choreographyId: taskId });
  t.match(first, { outcome: 'added', sequence: { choreography: { taskId, userId: instructorId } } });
  const second = await addClassPlanSequence(db, { ...plan, choreographyId: taskId });
  t.match(second, {
    sequence: { choreographyId: first.outcome === 'added' ? first.sequence.choreographyId : '' },
  });
  t.equal((await listSavedChoreographies(db, { userId: instructorId, limit: 9, offset: 0 })).count, 2);
});

t.test('what is not there, not theirs or not finished is not added, and nothing is saved', async (t) => {
  const { db, plan, instructorId, choreographyId } = await makePlan(t);
  const { id: otherId } = await addUser(db);
  const add = (values: object) => addClassPlanSequence(db, { ...plan, choreographyId, ...values });
  t.same(await add({ instructorId: otherId }), { outcome: 'plan_not_found' });
  t.same(await add({ classPlanId: randomUUID() }), { outcome: 'plan_not_found' });
  for (const missing of [
    randomUUID(),
    (await addChoreography(db, otherId)).id,
    await addCompletedTask(db, { userId: otherId }),
  ]) {
    t.same(await add({ choreographyId: missing }), { outcome: 'choreography_not_found' });
  }
  t.same(await add({ choreographyId: await addPendingTask(db, { userId: instructorId }) }), {
    outcome: 'task_not_completed',
  });
  t.same(await notesOf(t, db, plan), []);
  t.equal((await listSavedChoreographies(db, { userId: instructorId, limit: 9, offset: 0 })).count, 1);
});

t.test('a sequence is changed and removed within its plan alone; those after it move up', async (t) => {
  const { db, plan, instructorId, ids } = await makePlan(t, ['a', 'b', 'c']);
  const sequence = { ...plan, sequenceId: ids[1]! };
  const elsewhere = { ...sequence, classPlanId: (await addClassPlan(db, instructorId)).id };
  const foreign = { ...sequence, instructorId: (await addUser(db)).id };
  t.same(await updateClassPlanSequence(db, elsewhere, { notes: 'x' }), { outcome: 'sequence_not_found' });
  t.same(await updateClassPlanSequence(db, foreign, { notes: 'x' }), { outcome: 'plan_not_found' });
  t.same(await removeClassPlanSequence(db, elsewhere), { outcome: 'sequence_not_found' });
  t.same(await removeClassPlanSequence(db, foreign), { outcome: 'plan_not_found' });
  t.match(await updateClassPlanSequence(db, sequence, { estimatedTimeMinutes: 12 }), {
    outcome: 'updated',
    sequence: { id: ids[1], notes: 'b', estimatedTimeMinutes: 12, choreography: { userId: instructorId } },
  });
  t.match(await updateClassPlanSequence(db, sequence, {}), { sequence: { estimatedTimeMinutes: 12 } });
  t.same(await notesOf(t, db, plan), ['a', 'b', 'c']);
  t.same(await removeClassPlanSequence(db, sequence), { outcome: 'removed' });
  t.same(await removeClassPlanSequence(db, sequence), { outcome: 'sequence_not_found' });
  t.same(await notesOf(t, db, plan), ['a', 'c']);
});

t.test('a plan takes the order of a list that names each sequence once, and of no other', async (t) => {
  const { db, plan, instructorId, ids } = await makePlan(t, ['a', 'b', 'c']);
  const [a, b, c] = ids as [string, string, string];
  const reorder = (...sequenceIds: string[]) => reorderClassPlanSequences(db, { ...plan, sequenceIds });
  t.same(await reorder(c.toUpperCase(), a, b), {
    outcome: 'reordered',
    sequences: [
      { id: c, sequenceOrder: 0 },
      { id: a, sequenceOrder: 1 },
      { id: b, sequenceOrder: 2 },
    ],
  });
  t.same(await notesOf(t, db, plan), ['c', 'a', 'b']);
  const copy = await duplicateClassPlan(db, plan.classPlanId, instructorId);
  for (const list of [
    [a, b],
    [a, b, b],
    [a, b, c, c],
    [a, b, randomUUID()],
    [a, b, copy!.sequences[0]!.id],
    [],
  ]) {
    t.same(await reorder(...list), { outcome: 'invalid_sequence_ids' });
  }
  const foreign = { ...plan, instructorId: (await addUser(db)).id, sequenceIds: ids };
  t.same(await reorderClassPlanSequences(db, foreign), { outcome: 'plan_not_found' });
  t.same(await notesOf(t, db, plan), ['c', 'a', 'b']);
});

t.test('a choreography that is deleted leaves all plans without holes', async (t) => {
  const { db, plan, instructorId } = await makePlan(t, ['a', 'b']);
  const { id: choreographyId } = await addChoreography(db, instructorId);
  await addClassPlanSequence(db, { ...plan, choreographyId, position: 1 });
  await addClassPlanSequence(db, { ...plan, choreographyId, position: 3 });
  const copy = await duplicateClassPlan(db, plan.classPlanId, instructorId);
  await deleteSavedChoreography(db, choreographyId, instructorId);
  t.same(await notesOf(t, db, plan), ['a', 'b']);
  t.same(await notesOf(t, db, { ...plan, classPlanId: copy!.id }), ['a', 'b']);
  t.equal(await deleteAllSavedChoreographies(db, instructorId), 1, 'counts items, not sequences');
  t.same(await notesOf(t, db, plan), []);
});

t.test('twenty additions at the same time each get a place of their own', async (t) => {
  const { db, plan, choreographyId } = await makePlan(t, ['a']);
  const notes = Array.from({ length: 20 }, (_, index) => `n${index}`);
  await Promise.all(
    notes.map((note, index) =>
      addClassPlanSequence(db, {
        ...plan,
        choreographyId,
        notes: note,
        ...(index % 2 === 0 ? { position: 1 } : {}),
      }),
    ),
  );
  t.same((await notesOf(t, db, plan)).sort(), ['a', ...notes].sort());
});

t.test('two orders given at the same time: the plan has one of them, not a mixture', async (t) => {
  const { db, plan, ids } = await makePlan(t, ['a', 'b', 'c', 'd', 'e']);
  const reversed = [...ids].reverse();
  for (let round = 0; round < 5; round += 1) {
    const outcomes = await Promise.all(
      [ids, reversed, ids, reversed].map((sequenceIds) =>
        reorderClassPlanSequences(db, { ...plan, sequenceIds }),
      ),
    );
    for (const { outcome } of outcomes) t.equal(outcome, 'reordered');
    t.ok(['abcde', 'edcba'].includes((await notesOf(t, db, plan)).join('')));
  }
});

t.test('changes of every kind at the same time neither fail nor leave a hole', async (t) => {
  const { db, plan, instructorId, choreographyId, ids } = await makePlan(t, ['a', 'b', 'c', 'd']);
  const items = await Promise.all(Array.from({ length: 4 }, () => addChoreography(db, instructorId)));
  for (const { id } of items) await addClassPlanSequence(db, { ...plan, choreographyId: id, position: 2 });
  const spare = (await duplicateClassPlan(db, plan.classPlanId, instructorId))!;
  const { sequences } = (await findClassPlan(db, plan.classPlanId, instructorId))!;
  await t.resolves(
    Promise.all([
      ...items.flatMap(({ id }) => [
        deleteSavedChoreography(db, id, instructorId),
        addClassPlanSequence(db, { ...plan, choreographyId: id, position: 1 }),
        duplicateClassPlan(db, plan.classPlanId, instructorId),
      ]),
      ...ids.slice(0, 2).map((sequenceId) => removeClassPlanSequence(db, { ...plan, sequenceId })),
      updateClassPlanSequence(db, { ...plan, sequenceId: ids[3]! }, { notes: 'z' }),
      reorderClassPlanSequences(db, { ...plan, sequenceIds: sequences.map(({ id }) => id).reverse() }),
      addClassPlanSequence(db, { ...plan, classPlanId: spare.id, choreographyId }),
      deleteClassPlan(db, spare.id, instructorId),
    ]),
  );
  t.same((await notesOf(t, db, plan)).sort(), ['c', 'z']);
});

t.test('a plan takes as many sequences as a reordering may name', async (t) => {
  const { db, plan, choreographyId } = await makePlan(t, ['first']);
  await db.pool.query(
    `insert into class_plan_sequences (class_plan_id, choreography_id, sequence_order)
     select $1, $2, generate_series(1, $3)`,
    [plan.classPlanId, choreographyId, MAX_CLASS_PLAN_SEQUENCES - 2],
  );
  t.match(await addClassPlanSequence(db, { ...plan, choreographyId }), { outcome: 'added' });
  t.same(await addClassPlanSequence(db, { ...plan, choreographyId }), { outcome: 'plan_full' });
});
