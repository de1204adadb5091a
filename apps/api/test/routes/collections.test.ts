import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findSavedChoreography, type User, updateUserPreferences } from '@bachata-buddy/database';
import t from 'tap';
import { addCompletedTask, addSong, addStartedTask, addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const UNKNOWN_ID = '11111111-2222-4333-8444-555555555555';
const NO_ITEM = { detail: 'No SavedChoreography matches the given query.' };
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

async function makeScene(t: Tap) {
  const { app, database, storageDirectory } = await makeTestApp(t);
  const maria = await addUser(database, 'maria');
  const asMaria = actAs(app, maria);
  const asEve = actAs(app, await addUser(database, 'eve'));
  const song = await addSong(database, 'Suegra', {
    artist: 'Romeo Santos',
    bpm: 123,
    genre: 'Modern Bachata',
  });
  const finish = (user: User = maria) => addCompletedTask(database, user.id, { songId: song.id });
  const post = (path: string, payload: object, as = asMaria) =>
    as({ method: 'POST', url: `/api/collections/${path}`, payload });
  const save = async (values: object = {}) => {
    const answer = await post('save/', { task_id: await finish(), ...values });
    return answer.json() as { id: string; task_id: string; title: string };
  };
  return { app, database, storageDirectory, maria, asMaria, asEve, song, finish, post, save };
}

t.test('saving a finished task gives an item with all that the web client shows', async (t) => {
  const { asMaria, finish, post, song } = await makeScene(t);
  const taskId = await finish();
  const body = { task_id: taskId, title: ' Mi Suegra ', difficulty: 'advanced', notes: 'practise the dip' };
  const saved = await post('save', body);
  t.equal(saved.statusCode, 201);
  const item = saved.json();
  t.match(item.created_at, TIMESTAMP);
  t.strictSame(item, {
    id: item.id,
    title: 'Mi Suegra',
    video_path: `/media/output/choreography_${taskId}.mp4`,
    difficulty: 'advanced',
    duration: 227.18,
    notes: 'practise the dip',
    song_title: 'Suegra',
    music_info: {
      song_id: song.id,
      song: 'Suegra',
      artist: 'Romeo Santos',
      bpm: 123,
      genre: 'Modern Bachata',
      duration: 200.5,
    },
    generation_parameters: {
      task_id: taskId,
      difficulty: 'intermediate',
      energy_level: 'high',
      style: 'modern',
    },
    created_at: item.created_at,
    task_id: taskId,
  });
  for (const url of [`/api/collections/${item.id}/`, `/api/collections/${item.id.toUpperCase()}`]) {
    const shown = await asMaria({ url });
    t.strictSame([shown.statusCode, shown.json()], [200, item]);
  }
});

t.test('what is not given is filled in', async (t) => {
  const { finish, post } = await makeScene(t);
  const item = (await post('save/', { task_id: (await finish()).toUpperCase(), title: '' })).json();
  t.match(item.title, / - Intermediate$/);
  t.match(item, { difficulty: 'intermediate', notes: '' });
});

t.test('what cannot be saved is refused in the documented words', async (t) => {
  const { app, database, maria, finish, post } = await makeScene(t);
  const eve = await addUser(database, 'eva');
  const taskId = await finish();
  await post('save/', { task_id: taskId });
  const long = 'x'.repeat(201);
  const cases: [payload: unknown, status: number, body: object][] = [
    [{}, 400, { task_id: ['This field is required.'] }],
    [{ task_id: null }, 400, { task_id: ['This field may not be null.'] }],
    [{ task_id: '' }, 400, { task_id: ['This field may not be blank.'] }],
    [{ task_id: 'abc-123-def-456' }, 400, { task_id: ['Must be a valid UUID.'] }],
    [{ task_id: `urn:uuid:${taskId}` }, 400, { task_id: ['Must be a valid UUID.'] }],
    [
      { task_id: taskId, title: long, difficulty: 'expert', notes: 'x'.repeat(501) },
      400,
      {
        title: ['Ensure this field has no more than 200 characters.'],
        difficulty: ['"expert" is not a valid choice.'],
        notes: ['Ensure this field has no more than 500 characters.'],
      },
    ],
    [{ task_id: taskId, notes: 'a\0b' }, 400, { notes: ['Null characters are not allowed.'] }],
    [[taskId], 400, { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
    [{ task_id: UNKNOWN_ID }, 404, { detail: 'No ChoreographyTask matches the given query.' }],
    [{ task_id: await finish(eve) }, 404, { detail: 'No ChoreographyTask matches the given query.' }],
    [
      { task_id: await addStartedTask(database, maria.id) },
      400,
      { error: 'Cannot save incomplete choreography' },
    ],
    [{ task_id: taskId }, 409, { error: 'Choreography already saved' }],
  ];
  for (const [payload, status, body] of cases) {
    const answer = await post('save/', payload as object);
    t.strictSame([answer.statusCode, answer.json()], [status, body], JSON.stringify(payload).slice(0, 80));
  }
  const anonymous = await app.inject({ method: 'POST', url: '/api/collections/save/', payload: {} });
  t.equal(anonymous.statusCode, 401);
});

t.test('of many saves of one task at the same time one wins', async (t) => {
  const { finish, post } = await makeScene(t);
  const taskId = await finish();
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('save/', { task_id: taskId })));
  t.same(answers.map((answer) => answer.statusCode).sort(), [201, 409, 409, 409, 409, 409, 409, 409]);
});

t.test('a task that the preference had saved is given what the manual save says, once', async (t) => {
  const { database, maria, asMaria, finish, post } = await makeScene(t);
  await updateUserPreferences(database, maria.id, { autoSaveChoreographies: true });
  const taskId = await finish();
  const [kept] = (await asMaria({ url: '/api/collections/' })).json().results;
  t.equal(kept.task_id, taskId);
  const saved = await post('save/', { task_id: taskId, title: 'By hand' });
  t.match([saved.statusCode, saved.json()], [201, { id: kept.id, title: 'By hand' }]);
  t.equal((await post('save/', { task_id: taskId, title: 'Again' })).statusCode, 409);
});

t.test('the list is searched, filtered, ordered and paged', async (t) => {
  const { asMaria, asEve, save } = await makeScene(t);
  await save({ title: 'beta 100%', difficulty: 'advanced' });
  await save({ title: 'Alpha_1', difficulty: 'beginner' });
  await save({ title: 'gamma\\', difficulty: 'advanced' });
  const titles = async (query: string, as = asMaria) => {
    const answer = await as({ url: `/api/collections/${query}` });
    return answer.json().results.map((item: { title: string }) => item.title);
  };
  const newestFirst = ['gamma\\', 'Alpha_1', 'beta 100%'];
  const cases: [query: string, expected: string[]][] = [
    ['', newestFirst],
    ['?page=1&search=&difficulty=&ordering=', newestFirst],
    ['?ordering=created_at', ['beta 100%', 'Alpha_1', 'gamma\\']],
    ['?ordering=title', ['Alpha_1', 'beta 100%', 'gamma\\']],
    ['?ordering=nonsense', newestFirst],
    ['?difficulty=advanced', ['gamma\\', 'beta 100%']],
    ['?difficulty=expert', []],
    ['?search=ALPHA', ['Alpha_1']],
    ['?search=%25', ['beta 100%']],
    ['?search=_', ['Alpha_1']],
    ['?search=%5C', ['gamma\\']],
    ['?page_size=-3', newestFirst],
    ['?page_size=1000', newestFirst],
    ['?page_size=many', newestFirst],
    ['?page=2&page_size=2', ['beta 100%']],
    ['?page=last&page_size=2', ['beta 100%']],
  ];
  for (const [query, expected] of cases) t.strictSame(await titles(query), expected, query);
  t.strictSame(await titles('', asEve), []);
  const first = (await asMaria({ url: '/api/collections/?search=a&page_size=2' })).json();
  const next = 'http://localhost/api/collections/?page=2&page_size=2&search=a';
  t.match(first, { count: 3, next, previous: null });
  for (const page of ['0', '-1', 'x', '4', '99999999999999999999']) {
    const answer = await asMaria({ url: `/api/collections/?page=${page}` });
    t.strictSame([answer.statusCode, answer.json()], [404, { detail: 'Invalid page.' }], page);
  }
  t.equal((await asMaria({ url: '/api/collections/?search=%00' })).statusCode, 400);
});

t.test('an item is changed in what is given, and in nothing else', async (t) => {
  const { asMaria, save } = await makeScene(t);
  const item = await save({ title: 'Before' });
  const put = (payload: unknown) =>
    asMaria({ method: 'PUT', url: `/api/collections/${item.id}/`, payload: payload as object });
  const edit = { title: 'After', difficulty: 'beginner', notes: 'slower' };
  const changed = await put({ ...edit, id: UNKNOWN_ID, task_id: UNKNOWN_ID, user_id: 1 });
  t.strictSame([changed.statusCode, changed.json()], [200, { ...item, ...edit }]);
  const more = { duration: 12.5, music_info: null, generation_parameters: { moves: ['dip'] } };
  t.strictSame((await put({ ...more, duration: '12.5' })).json(), { ...item, ...edit, ...more });
  t.strictSame((await put({})).json(), { ...item, ...edit, ...more });
  const hostile = await asMaria({
    method: 'PUT',
    url: `/api/collections/${item.id}`,
    headers: { 'content-type': 'application/json' },
    payload: '{"music_info":{"__proto__":{"admin":true},"constructor":{"prototype":1}}}',
  });
  t.ok(hostile.statusCode < 500);
  t.equal(({} as { admin?: boolean }).admin, undefined);
  const cases: [payload: unknown, errors: object][] = [
    [{ title: '' }, { title: ['This field may not be blank.'] }],
    [{ title: null }, { title: ['This field may not be null.'] }],
    [{ title: ['a'] }, { title: ['Not a valid string.'] }],
    [{ duration: 'long' }, { duration: ['A valid number is required.'] }],
    [{ duration: -1 }, { duration: ['Ensure this value is greater than or equal to 0.'] }],
    [{ difficulty: '' }, { difficulty: ['"" is not a valid choice.'] }],
    [{ music_info: { a: '\0' } }, { music_info: ['Null characters are not allowed.'] }],
  ];
  for (const [payload, errors] of cases) {
    const answer = await put(payload);
    t.strictSame([answer.statusCode, answer.json()], [400, errors], JSON.stringify(payload));
  }
  const large = await put({ notes: 'x'.repeat(1_000_000) });
  t.strictSame([large.statusCode, large.json()], [413, { detail: 'The request body is too large.' }]);
  const patched = await asMaria({ method: 'PATCH', url: `/api/collections/${item.id}/`, payload: {} });
  t.strictSame([patched.statusCode, patched.json()], [405, { detail: 'Method "PATCH" not allowed.' }]);
});

t.test('an item is removed, and JSON says so', async (t) => {
  const { asMaria, save } = await makeScene(t);
  const { id } = await save();
  const remove = () => asMaria({ method: 'DELETE', url: `/api/collections/${id}/` });
  const answer = await remove();
  t.strictSame(
    [answer.statusCode, answer.json()],
    [200, { message: 'Choreography deleted successfully', id }],
  );
  const again = await remove();
  t.strictSame([again.statusCode, again.json()], [404, NO_ITEM]);
});

t.test("somebody else's item, and one that cannot be, are not there", async (t) => {
  const { database, maria, asEve, save } = await makeScene(t);
  const { id } = await save({ title: 'Mine' });
  for (const method of ['GET', 'PUT', 'DELETE'] as const) {
    const payload = method === 'PUT' ? { title: 'Theirs' } : undefined;
    for (const theirs of [id, UNKNOWN_ID]) {
      const answer = await asEve({ method, url: `/api/collections/${theirs}/`, ...(payload && { payload }) });
      t.strictSame([answer.statusCode, answer.json()], [404, NO_ITEM], `${method} ${theirs}`);
    }
    for (const malformed of ['1', 'null', `${id}0`, "'%20or%201=1", '%00']) {
      const answer = await asEve({
        method,
        url: `/api/collections/${malformed}/`,
        ...(payload && { payload }),
      });
      t.strictSame([answer.statusCode, answer.json()], [404, { detail: 'Not found.' }], malformed);
    }
  }
  t.match(await findSavedChoreography(database, id, maria.id), { title: 'Mine' });
});

t.test('statistics count what is there', async (t) => {
  const { asMaria, save } = await makeScene(t);
  const stats = async () => (await asMaria({ url: '/api/collections/stats' })).json();
  t.strictSame(await stats(), { total_count: 0, total_duration: 0, by_difficulty: {}, recent_count: 0 });
  await save({ difficulty: 'advanced' });
  await save({ difficulty: 'advanced' });
  await save({ difficulty: 'beginner' });
  const { total_duration: totalDuration, ...counts } = await stats();
  t.ok(Math.abs(totalDuration - 3 * 227.18) < 1e-6);
  t.strictSame(counts, { total_count: 3, by_difficulty: { advanced: 2, beginner: 1 }, recent_count: 3 });
});

t.test('everything is deleted only once that is confirmed', async (t) => {
  const { asMaria, asEve, post, save } = await makeScene(t);
  await save();
  await save();
  const cases: [payload: object, errors: string[]][] = [
    [{}, ['This field is required.']],
    [{ confirmation: false }, ['Confirmation required to delete all choreographies']],
    [{ confirmation: 'no' }, ['Confirmation required to delete all choreographies']],
    [{ confirmation: 'perhaps' }, ['Must be a valid boolean.']],
    [{ confirmation: null }, ['This field may not be null.']],
  ];
  for (const [payload, confirmation] of cases) {
    const answer = await post('delete-all/', payload);
    t.strictSame([answer.statusCode, answer.json()], [400, { confirmation }], JSON.stringify(payload));
  }
  t.match((await post('delete-all/', { confirmation: true }, asEve)).json(), { deleted_count: 0 });
  const answer = await post('delete-all', { confirmation: 'yes' });
  const message = 'Successfully deleted 2 choreographies';
  t.strictSame([answer.statusCode, answer.json()], [200, { deleted_count: 2, message }]);
  t.equal((await asMaria({ url: '/api/collections/' })).json().count, 0);
});

t.test('cleanup removes items without a video, and nothing where storage is away', async (t) => {
  const { storageDirectory, asMaria, asEve, post, save } = await makeScene(t);
  const kept = await save({ title: 'Kept' });
  await save({ title: 'Orphan' });
  await rm(join(storageDirectory, 'output'), { recursive: true });
  // The folder of the videos alone is away: the store itself is there, and holds the songs.
  await mkdir(join(storageDirectory, 'songs'));
  await writeFile(join(storageDirectory, 'songs', 'suegra.mp3'), 'a song');
  const refused = await post('cleanup/', {});
  const error = 'The video storage cannot be reached. Nothing was removed; try again later.';
  t.strictSame([refused.statusCode, refused.json()], [503, { error }]);
  t.equal((await asMaria({ url: '/api/collections/' })).json().count, 2);

  await mkdir(join(storageDirectory, 'output'));
  await writeFile(join(storageDirectory, 'output', `choreography_${kept.task_id}.mp4`), 'a video');
  t.match((await post('cleanup/', {}, asEve)).json(), { cleaned_count: 0 });
  // As the web client sends it: no body at all.
  const answer = await asMaria({ method: 'POST', url: '/api/collections/cleanup' });
  const message = 'Cleaned up 1 orphaned choreographies';
  t.strictSame([answer.statusCode, answer.json()], [200, { cleaned_count: 1, message }]);
  const left = (await asMaria({ url: '/api/collections/' })).json().results;
  t.match(left, [{ title: 'Kept' }]);
});
