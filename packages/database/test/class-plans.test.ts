import { randomUUID } from 'node:crypto';
import t from 'tap';
import {
  addClassPlanSequence,
  createClassPlan,
  deleteClassPlan,
  duplicateClassPlan,
  findClassPlan,
  findClassPlanSummary,
  findSavedChoreography,
  instructorStats,
  listClassPlans,
  updateClassPlan,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addChoreography, addClassPlan, addUser } from './fixtures.ts';

const ALL = { limit: 100, offset: 0 };

t.test('a new plan keeps what was given, is empty and belongs to its instructor alone', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: instructorId } = await addUser(db);
  const { id: otherId } = await addUser(db);
  const given = {
    instructorId,
    title: 'Workshop',
    difficultyLevel: 'beginner',
    description: 'basics',
    instructorNotes: 'bring shoes',
    estimatedDurationMinutes: 60,
  } as const;
  const plan = await createClassPlan(db, given);
  t.match(plan, { ...given, sequenceCount: 0, createdAt: Date, updatedAt: Date });
  t.same(await findClassPlan(db, plan.id, instructorId), { ...plan, sequences: [] });
  t.match(await createClassPlan(db, { instructorId, title: 'Bare', difficultyLevel: 'advanced' }), {
    description: '',
    instructorNotes: '',
    estimatedDurationMinutes: null,
  });
  t.equal(await findClassPlan(db, plan.id, otherId), null);
  t.equal(await findClassPlan(db, randomUUID(), instructorId), null);
  t.equal(await updateClassPlan(db, plan.id, otherId, { title: 'Theirs' }), null);
  t.equal(await deleteClassPlan(db, plan.id, otherId), false);
  t.equal(await duplicateClassPlan(db, plan.id, otherId), null);
  t.equal(await findClassPlanSummary(db, plan.id, otherId), null);
});

t.test(
  'a list holds the own plans in the order asked for, each with the number of its sequences',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const { id: instructorId } = await addUser(db);
    const item = await addChoreography(db, instructorId);
    const first = await addClassPlan(db, instructorId, { title: 'b', difficultyLevel: 'beginner' });
    await addClassPlan(db, instructorId, { title: 'A', difficultyLevel: 'advanced' });
    await addClassPlan(db, instructorId, { title: 'c', difficultyLevel: 'beginner' });
    await addClassPlan(db, (await addUser(db)).id);
    for (let index = 0; index < 2; index += 1) {
      await addClassPlanSequence(db, { classPlanId: first.id, instructorId, choreographyId: item.id });
    }
    const list = async (filter: object) =>
      (await listClassPlans(db, { instructorId, ...ALL, ...filter })).rows.map(
        ({ title, sequenceCount }) => `${title}${sequenceCount}`,
      );
    t.same(await list({}), ['c0', 'A0', 'b2'], 'newest first');
    t.same(await list({ ordering: 'created_at' }), ['b2', 'A0', 'c0']);
    t.same(await list({ ordering: 'title' }), ['A0', 'b2', 'c0']);
    t.same(await list({ ordering: '-updated_at' }), ['b2', 'c0', 'A0'], 'adding a sequence changes a plan');
    t.same(await list({ difficultyLevel: 'beginner' }), ['c0', 'b2']);
    await addClassPlan(db, instructorId, { title: 'Música', difficultyLevel: 'advanced' });
    await updateClassPlan(db, first.id, instructorId, { title: 'bé' });
    t.same(await list({ search: 'MUSICA' }), ['Música0']);
    t.same(await list({ search: 'BE\u0301' }), ['bé2'], 'by its changed title');
    t.same(await list({ search: item.title.toUpperCase() }), ['bé2'], 'by what is danced in it');
    await updateClassPlan(db, first.id, instructorId, { title: 'b' });
    t.match(await listClassPlans(db, { instructorId, difficultyLevel: 'beginner', limit: 1, offset: 1 }), {
      count: 2,
      rows: [{ title: 'b' }],
    });
  },
);

t.test(
  'a patch changes what it names; a plan is deleted with its sequences, not its choreographies',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const { id: instructorId } = await addUser(db);
    const item = await addChoreography(db, instructorId);
    const plan = await addClassPlan(db, instructorId);
    await addClassPlanSequence(db, { classPlanId: plan.id, instructorId, choreographyId: item.id });
    const patch = { title: 'New', estimatedDurationMinutes: null, difficultyLevel: 'advanced' } as const;
    const changed = await updateClassPlan(db, plan.id, instructorId, patch);
    t.same(changed, {
      ...plan,
      ...patch,
      titleFolded: 'new',
      sequenceCount: 1,
      updatedAt: changed?.updatedAt,
    });
    t.same(await updateClassPlan(db, plan.id, instructorId, {}), changed);
    t.equal(await deleteClassPlan(db, plan.id, instructorId), true);
    t.equal(await deleteClassPlan(db, plan.id, instructorId), false);
    t.equal((await db.pool.query('select from class_plan_sequences')).rowCount, 0);
    t.ok(await findSavedChoreography(db, item.id, instructorId));
  },
);

t.test('a copy has everything of the plan, and changing it leaves the plan alone', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: instructorId } = await addUser(db);
  const title = '\u{1F483}'.repeat(200);
  const { id: classPlanId } = await addClassPlan(db, instructorId, {
    title,
    description: 'd',
    instructorNotes: 'n',
  });
  for (const notes of ['one', 'two']) {
    const { id: choreographyId } = await addChoreography(db, instructorId);
    await addClassPlanSequence(db, {
      classPlanId,
      instructorId,
      choreographyId,
      notes,
      estimatedTimeMinutes: 5,
    });
  }
  const plan = (await findClassPlan(db, classPlanId, instructorId))!;
  const copy = (await duplicateClassPlan(db, classPlanId, instructorId))!;
  t.not(copy.id, plan.id);
  t.equal(copy.title, `${'\u{1F483}'.repeat(193)} (Copy)`);
  const { id, createdAt, updatedAt, sequences } = copy;
  t.same(copy, {
    ...plan,
    id,
    createdAt,
    updatedAt,
    sequences,
    title: copy.title,
    titleFolded: copy.titleFolded,
  });
  t.same((await listClassPlans(db, { instructorId, ...ALL, search: 'COPY' })).rows.length, 1);
  t.same(
    sequences.map(({ id: _id, ...rest }) => rest),
    plan.sequences.map(({ id: _id, ...rest }) => ({ ...rest, classPlanId: copy.id })),
  );
  await deleteClassPlan(db, copy.id, instructorId);
  t.same(await findClassPlan(db, classPlanId, instructorId), plan);
});

t.test('a summary sums the minutes and counts the difficulties of the choreographies', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: instructorId } = await addUser(db);
  const { id: classPlanId } = await addClassPlan(db, instructorId);
  const none = { beginner: 0, intermediate: 0, advanced: 0 };
  t.match(await findClassPlanSummary(db, classPlanId, instructorId), {
    totalEstimatedMinutes: 0,
    difficultyBreakdown: none,
  });
  const easy = await addChoreography(db, instructorId, { difficulty: 'beginner' });
  const hard = await addChoreography(db, instructorId, { difficulty: 'advanced' });
  for (const [item, estimatedTimeMinutes] of [
    [easy, 10],
    [hard, null],
    [easy, 7],
  ] as const) {
    const choreographyId = item.id;
    await addClassPlanSequence(db, { classPlanId, instructorId, choreographyId, estimatedTimeMinutes });
  }
  t.same(await findClassPlanSummary(db, classPlanId, instructorId), {
    plan: await findClassPlan(db, classPlanId, instructorId),
    totalEstimatedMinutes: 17,
    difficultyBreakdown: { ...none, beginner: 2, advanced: 1 },
  });
});

t.test("the figures of an instructor count over all their plans and nobody else's", async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: instructorId } = await addUser(db);
  const none = { beginner: 0, intermediate: 0, advanced: 0 };
  t.same(await instructorStats(db, instructorId), {
    totalClassPlans: 0,
    totalUniqueChoreographies: 0,
    difficultyBreakdown: none,
    recentCount: 0,
    avgSequencesPerPlan: 0,
  });
  const items = [await addChoreography(db, instructorId), await addChoreography(db, instructorId)];
  const plans = [];
  for (const difficultyLevel of ['beginner', 'advanced', 'beginner'] as const) {
    plans.push(await addClassPlan(db, instructorId, { difficultyLevel }));
  }
  for (const [plan, item] of [
    [0, 0],
    [0, 1],
    [0, 0],
    [1, 0],
    [1, 1],
  ] as const) {
    const added = { classPlanId: plans[plan]!.id, instructorId, choreographyId: items[item]!.id };
    await addClassPlanSequence(db, added);
  }
  const { id: otherId } = await addUser(db);
  const foreign = await addClassPlan(db, otherId);
  const { id: choreographyId } = await addChoreography(db, otherId);
  await addClassPlanSequence(db, { classPlanId: foreign.id, instructorId: otherId, choreographyId });
  const backdate = `update class_plans set created_at = now() - $2::interval where id = $1`;
  await db.pool.query(backdate, [plans[0]!.id, '30 days 1 minute']);
  await db.pool.query(backdate, [plans[1]!.id, '29 days 23 hours']);
  t.same(await instructorStats(db, instructorId), {
    totalClassPlans: 3,
    totalUniqueChoreographies: 2,
    difficultyBreakdown: { ...none, beginner: 2, advanced: 1 },
    recentCount: 2,
    avgSequencesPerPlan: 1.7,
  });
});
