import type { User } from '@bachata-buddy/database';
import t from 'tap';
import { addCompletedTask, addSong, addStartedTask, addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const UNKNOWN_ID = '11111111-2222-4333-8444-555555555555';
const PLANS = '/api/instructors/class-plans/';
const NO_PLAN = { detail: 'No ClassPlan matches the given query.' };
const WORKSHOP = {
  title: 'Beginner Workshop',
  difficulty_level: 'beginner',
  description: 'Introduction to bachata basics',
};

async function makeScene(t: Tap) {
  const { app, database } = await makeTestApp(t);
  const teacher = await addUser(database, 'carla', { isInstructor: true });
  const asTeacher = actAs(app, teacher);
  const asOther = actAs(app, await addUser(database, 'otto', { isInstructor: true }));
  const asDancer = actAs(app, await addUser(database, 'maria'));
  const song = await addSong(database, 'Suegra');
  const finish = (user: User = teacher) => addCompletedTask(database, user.id, { songId: song.id });
  const send = (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: unknown) =>
    asTeacher({
      method,
      url: `${PLANS}${path}`,
      ...(payload === undefined ? {} : { payload: payload as object }),
    });
  const addPlan = async (values: object = {}) =>
    (await send('POST', '', { ...WORKSHOP, ...values })).json() as { id: string; title: string };
  const show = async (id: string) => (await asTeacher({ url: `${PLANS}${id}/` })).json();
  /** Titles of a plan's choreographies in their order, which must count from 0. */
  const orderOf = async (id: string): Promise<string[]> => {
    const { sequences } = await show(id);
    const isWhole = sequences.every((one: { sequence_order: number }, index: number) => {
      return one.sequence_order === index;
    });
    if (!isWhole) throw new Error(`The orders have holes: ${JSON.stringify(sequences)}`);
    return sequences.map((one: { notes: string }) => one.notes);
  };
  const add = async (planId: string, notes: string, values: object = {}) => {
    const payload = { choreography_id: await finish(), notes, ...values };
    return (await send('POST', `${planId}/add-sequence/`, payload)).json() as { id: string };
  };
  return { app, database, teacher, asTeacher, asOther, asDancer, finish, send, addPlan, show, orderOf, add };
}

t.test('a plan is created, shown, changed, listed and deleted', async (t) => {
  const { asTeacher, send } = await makeScene(t);
  const created = await send('POST', '', WORKSHOP);
  t.equal(created.statusCode, 201);
  const plan = created.json();
  t.strictSame(plan, {
    id: plan.id,
    ...{
      title: 'Beginner Workshop',
      description: 'Introduction to bachata basics',
      difficulty_level: 'beginner',
    },
    estimated_duration: null,
    instructor_notes: '',
    sequence_count: 0,
    created_at: plan.created_at,
    updated_at: plan.updated_at,
  });
  for (const url of [`${PLANS}${plan.id}/`, `${PLANS}${plan.id.toUpperCase()}`]) {
    t.strictSame((await asTeacher({ url })).json(), { ...plan, sequences: [] });
  }
  const put = await send('PUT', `${plan.id}/`, {
    title: 'Two',
    difficulty_level: 'advanced',
    estimated_duration: '60',
  });
  const expected = { ...plan, title: 'Two', difficulty_level: 'advanced', estimated_duration: 60 };
  t.strictSame([put.statusCode, put.json()], [200, { ...expected, updated_at: put.json().updated_at }]);
  const patch = await send('PATCH', plan.id, { instructor_notes: 'bring water', estimated_duration: null });
  t.match(patch.json(), { title: 'Two', instructor_notes: 'bring water', estimated_duration: null });
  t.match((await asTeacher({ url: PLANS })).json(), { count: 1, results: [{ id: plan.id }] });
  const removed = await send('DELETE', `${plan.id}/`);
  t.strictSame([removed.statusCode, removed.body], [204, '']);
  const again = await send('DELETE', `${plan.id}/`);
  t.strictSame([again.statusCode, again.json()], [404, NO_PLAN]);
});

t.test('what is wrong with a plan is said field by field', async (t) => {
  const { send, addPlan } = await makeScene(t);
  const { id } = await addPlan();
  const required = ['This field is required.'];
  const cases: [method: 'POST' | 'PUT' | 'PATCH', payload: unknown, errors: object][] = [
    ['POST', {}, { title: required, difficulty_level: required }],
    ['PUT', { title: 'x' }, { difficulty_level: required }],
    ['POST', { ...WORKSHOP, title: ' ' }, { title: ['This field may not be blank.'] }],
    ['PATCH', { title: null }, { title: ['This field may not be null.'] }],
    ['PATCH', { title: 'x'.repeat(201) }, { title: ['Ensure this field has no more than 200 characters.'] }],
    ['PATCH', { difficulty_level: 'expert' }, { difficulty_level: ['"expert" is not a valid choice.'] }],
    ['PATCH', { estimated_duration: 'an hour' }, { estimated_duration: ['A valid integer is required.'] }],
    [
      'PATCH',
      { estimated_duration: -1 },
      { estimated_duration: ['Ensure this value is greater than or equal to 0.'] },
    ],
    [
      'PATCH',
      { estimated_duration: 2 ** 31 },
      { estimated_duration: ['Ensure this value is less than or equal to 2147483647.'] },
    ],
    ['PATCH', { description: 'a\0' }, { description: ['Null characters are not allowed.'] }],
    ['POST', [], { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
  ];
  for (const [method, payload, errors] of cases) {
    const answer = await send(method, method === 'POST' ? '' : `${id}/`, payload);
    t.strictSame([answer.statusCode, answer.json()], [400, errors], JSON.stringify(payload).slice(0, 60));
  }
});

t.test('the list is filtered, ordered and paged', async (t) => {
  const { asTeacher, asOther, addPlan } = await makeScene(t);
  await addPlan({ title: 'beta' });
  await addPlan({ title: 'Alpha', difficulty_level: 'advanced' });
  const titles = async (query: string, as = asTeacher) =>
    (await as({ url: `${PLANS}${query}` })).json().results.map((plan: { title: string }) => plan.title);
  t.strictSame(await titles(''), ['Alpha', 'beta']);
  t.strictSame(await titles('?ordering=created_at'), ['beta', 'Alpha']);
  t.strictSame(await titles('?ordering=-title'), ['beta', 'Alpha']);
  t.strictSame(await titles('?ordering=nonsense&difficulty_level='), ['Alpha', 'beta']);
  t.strictSame(await titles('?difficulty_level=advanced'), ['Alpha']);
  t.strictSame(await titles('?page=last&page_size=1'), ['beta']);
  t.strictSame(await titles('', asOther), []);
  const bogus = await asTeacher({ url: `${PLANS}?difficulty_level=bogus` });
  const text = 'Select a valid choice. bogus is not one of the available choices.';
  t.strictSame([bogus.statusCode, bogus.json()], [400, { difficulty_level: [text] }]);
  t.equal((await asTeacher({ url: `${PLANS}?page=9` })).statusCode, 404);
});

t.test('sequences are inserted where asked, and close up when one goes', async (t) => {
  const { send, addPlan, orderOf, add, asTeacher, finish } = await makeScene(t);
  const { id } = await addPlan();
  // As the documented workflow does it: the id of a task, which is saved on the way.
  const taskId = await finish();
  const added = await send('POST', `${id}/add-sequence/`, {
    choreography_id: taskId,
    order: 1,
    notes: 'a',
  });
  t.equal(added.statusCode, 201);
  t.match(added.json(), {
    sequence_order: 0,
    notes: 'a',
    estimated_time: null,
    choreography: { task_id: taskId },
  });
  t.equal((await asTeacher({ url: '/api/collections/' })).json().count, 1);
  await add(id, 'c');
  const b = await add(id, 'b', { order: 2, estimated_time: 20 });
  await add(id, 'd', { order: 99 });
  t.strictSame(await orderOf(id), ['a', 'b', 'c', 'd']);
  const removed = await send('DELETE', `${id}/sequences/${b.id}/`);
  t.strictSame([removed.statusCode, removed.body], [204, '']);
  t.strictSame(await orderOf(id), ['a', 'c', 'd']);
  const itemId = added.json().choreography.id;
  const again = await send('POST', `${id}/sequences/`, { choreography_id: itemId, notes: 'a again' });
  t.match([again.statusCode, again.json()], [201, { choreography: { id: itemId } }]);
  await asTeacher({ method: 'DELETE', url: `/api/collections/${itemId}/` });
  t.strictSame(await orderOf(id), ['c', 'd'], 'an item that is deleted leaves no hole');
});

t.test('a sequence that cannot be added or changed is refused in the documented words', async (t) => {
  const { database, teacher, send, addPlan, add, finish } = await makeScene(t);
  const { id } = await addPlan();
  const { id: sequenceId } = await add(id, 'a');
  const stranger = await addUser(database, 'eve');
  const noItem = { detail: 'No SavedChoreography matches the given query.' };
  const noSequence = { detail: 'No ClassPlanSequence matches the given query.' };
  const choreographyId = await finish();
  const cases: [
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    payload: unknown,
    status: number,
    body: object,
  ][] = [
    ['POST', 'add-sequence/', {}, 400, { choreography_id: ['This field is required.'] }],
    [
      'POST',
      'add-sequence/',
      { choreography_id: 'abc' },
      400,
      { choreography_id: ['Must be a valid UUID.'] },
    ],
    ['POST', 'add-sequence/', { choreography_id: UNKNOWN_ID }, 404, noItem],
    ['POST', 'add-sequence/', { choreography_id: await finish(stranger) }, 404, noItem],
    [
      'POST',
      'add-sequence/',
      { choreography_id: await addStartedTask(database, teacher.id) },
      400,
      { error: 'Cannot save incomplete choreography' },
    ],
    [
      'POST',
      'add-sequence/',
      { choreography_id: choreographyId, estimated_time: -1, order: 0 },
      400,
      {
        estimated_time: ['Estimated time must be positive'],
        order: ['Ensure this value is greater than or equal to 1.'],
      },
    ],
    [
      'PUT',
      `sequences/${sequenceId}/`,
      { estimated_time: -5 },
      400,
      { estimated_time: ['Estimated time must be positive'] },
    ],
    ['PUT', `sequences/${UNKNOWN_ID}/`, {}, 404, noSequence],
    ['DELETE', `sequences/${UNKNOWN_ID}/`, undefined, 404, noSequence],
    ['DELETE', 'sequences/17/', undefined, 404, { detail: 'Not found.' }],
    ['PUT', 'sequences/17/', {}, 404, { detail: 'Not found.' }],
  ];
  for (const [method, path, payload, status, body] of cases) {
    const answer = await send(method, `${id}/${path}`, payload);
    t.strictSame(
      [answer.statusCode, answer.json()],
      [status, body],
      `${method} ${path} ${JSON.stringify(payload)}`,
    );
  }
  const changed = await send('PUT', `${id}/sequences/${sequenceId}`, { notes: 'slower', estimated_time: 15 });
  t.match(
    [changed.statusCode, changed.json()],
    [200, { id: sequenceId, notes: 'slower', estimated_time: 15 }],
  );
});

t.test('a plan is reordered by a list of all its sequences', async (t) => {
  const { send, addPlan, orderOf, add } = await makeScene(t);
  const { id } = await addPlan();
  const { id: foreign } = await add((await addPlan()).id, 'foreign');
  const [a, b, c] = [await add(id, 'a'), await add(id, 'b'), await add(id, 'c')];
  const reorder = (ids: unknown) => send('POST', `${id}/reorder-sequences/`, { sequence_ids: ids });
  const answer = await reorder([c.id, a.id.toUpperCase(), b.id]);
  t.strictSame(
    [answer.statusCode, answer.json()],
    [
      200,
      {
        message: 'Sequences reordered successfully',
        sequences: [c, a, b].map((one, index) => ({ id: one.id, sequence_order: index })),
      },
    ],
  );
  const invalid = { error: 'Invalid sequence IDs' };
  const cases: [ids: unknown, body: object][] = [
    [[a.id, b.id], invalid],
    [[a.id, b.id, b.id], invalid],
    [[a.id, b.id, foreign], invalid],
    [[], { sequence_ids: ['This list may not be empty.'] }],
    [['x', a.id], { sequence_ids: { 0: ['Must be a valid UUID.'] } }],
    ['x', { sequence_ids: ['Expected a list of items but got type "str".'] }],
  ];
  for (const [ids, body] of cases) {
    const refused = await reorder(ids);
    t.strictSame([refused.statusCode, refused.json()], [400, body], JSON.stringify(ids));
  }
  t.strictSame(await orderOf(id), ['c', 'a', 'b'], 'a refused list changes nothing');
});

t.test('a copy has all that the plan has', async (t) => {
  const { send, addPlan, add, show, orderOf } = await makeScene(t);
  const { id } = await addPlan({ estimated_duration: 90, instructor_notes: 'music low' });
  await add(id, 'a', { estimated_time: 10 });
  await add(id, 'b');
  const answer = await send('POST', `${id}/duplicate/`);
  t.equal(answer.statusCode, 201);
  const original = await show(id);
  const copy = answer.json();
  t.not(copy.id, id);
  const comparable = (plan: { sequences: object[] }) => ({
    ...plan,
    id: '',
    title: '',
    created_at: '',
    updated_at: '',
    sequences: plan.sequences.map((one) => ({ ...one, id: '' })),
  });
  t.equal(copy.title, 'Beginner Workshop (Copy)');
  t.strictSame(comparable(copy), comparable(original));
  await send('DELETE', `${id}/`);
  t.strictSame(await orderOf(copy.id), ['a', 'b']);
});

t.test('summary and statistics are sums of what is there', async (t) => {
  const { asTeacher, addPlan, add } = await makeScene(t);
  const stats = async () => (await asTeacher({ url: '/api/instructors/stats' })).json();
  const none = { beginner: 0, intermediate: 0, advanced: 0 };
  t.strictSame(await stats(), {
    total_class_plans: 0,
    total_unique_choreographies: 0,
    difficulty_breakdown: none,
    recent_count: 0,
    avg_sequences_per_plan: 0,
  });
  const { id } = await addPlan();
  await addPlan({ difficulty_level: 'advanced' });
  await add(id, 'a', { estimated_time: 20 });
  await add(id, 'b', { estimated_time: 25 });
  await add(id, 'c');
  const { sequences, ...summary } = (await asTeacher({ url: `${PLANS}${id}/summary` })).json();
  t.strictSame(summary, {
    title: 'Beginner Workshop',
    total_sequences: 3,
    total_estimated_duration: 45,
    difficulty_breakdown: { ...none, intermediate: 3 },
  });
  t.strictSame(sequences[1], {
    order: 1,
    title: sequences[1].title,
    difficulty: 'intermediate',
    duration: 227.18,
    estimated_time: 25,
    notes: 'b',
  });
  t.strictSame(await stats(), {
    total_class_plans: 2,
    total_unique_choreographies: 3,
    difficulty_breakdown: { ...none, beginner: 1, advanced: 1 },
    recent_count: 2,
    avg_sequences_per_plan: 1.5,
  });
});

t.test('the printed plan is a page in which nothing a user wrote is markup', async (t) => {
  const { asTeacher, addPlan, add } = await makeScene(t);
  const hostile = `<script>alert("1")</script> & 'so'`;
  const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;so&#39;';
  const { id } = await addPlan({ title: hostile, description: hostile, instructor_notes: hostile });
  const empty = await asTeacher({ url: `${PLANS}${id}/export/` });
  t.equal(empty.headers['content-type'], 'text/html; charset=utf-8');
  t.match(empty.headers['content-security-policy'], /^default-src 'none'; style-src 'unsafe-inline'/);
  t.match(empty.body, 'No sequences added yet.');
  t.match(empty.body, 'Not specified');
  await add(id, hostile, { estimated_time: 30 });
  const { body } = await asTeacher({ url: `${PLANS}${id}/export` });
  t.notMatch(body, '<script>');
  t.equal(
    body.split(escaped).length - 1,
    5,
    'in head, title, description, notes and the notes of the sequence',
  );
  for (const text of ['Beginner', '227.2 seconds', 'Total estimated time: 30 minutes']) t.match(body, text);
});

t.test('plans are for instructors, each for their own', async (t) => {
  const { app, asOther, asDancer, addPlan, add, finish } = await makeScene(t);
  const { id } = await addPlan();
  const { id: sequenceId } = await add(id, 'a');
  const body = { ...WORKSHOP, choreography_id: await finish(), sequence_ids: [sequenceId] };
  const calls: [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string][] = [
    ['GET', PLANS],
    ['POST', PLANS],
    ['GET', '/api/instructors/stats/'],
    ['GET', `${PLANS}${id}/`],
    ['PUT', `${PLANS}${id}/`],
    ['PATCH', `${PLANS}${id}/`],
    ['DELETE', `${PLANS}${id}/`],
    ['GET', `${PLANS}${id}/summary/`],
    ['GET', `${PLANS}${id}/export/`],
    ['POST', `${PLANS}${id}/duplicate/`],
    ['POST', `${PLANS}${id}/add-sequence/`],
    ['POST', `${PLANS}${id}/sequences/`],
    ['POST', `${PLANS}${id}/reorder-sequences/`],
    ['PUT', `${PLANS}${id}/sequences/${sequenceId}/`],
    ['DELETE', `${PLANS}${id}/sequences/${sequenceId}/`],
  ];
  const refusal = { detail: 'You do not have permission to perform this action.' };
  for (const [method, url] of calls) {
    const options = { method, url, ...(method === 'GET' || method === 'DELETE' ? {} : { payload: body }) };
    const dancer = await asDancer(options);
    t.strictSame([dancer.statusCode, dancer.json()], [403, refusal], `${method} ${url}`);
    t.equal((await app.inject(options)).statusCode, 401);
    if (!url.includes(id)) continue;
    const other = await asOther(options);
    t.strictSame([other.statusCode, other.json()], [404, NO_PLAN], `${method} ${url} of another`);
    const malformed = await asOther({ ...options, url: url.replace(id, '17') });
    t.strictSame([malformed.statusCode, malformed.json()], [404, { detail: 'Not found.' }]);
  }
});
