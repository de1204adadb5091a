import { randomUUID } from 'node:crypto';
import t from 'tap';
import {
  deleteSavedChoreography,
  findSavedChoreography,
  listSavedChoreographies,
  saveChoreography,
  updateUserPreferences,
  upsertSong,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addCompletedTask, addPendingTask, addStartedTask, addUser, songValues } from './fixtures.ts';

const ALL = { limit: 100, offset: 0 };

t.test('a saved task brings along what its result, its song and its request say', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const { row: song } = await upsertSong(
    db,
    songValues({ title: 'Suegra', artist: 'Romeo', durationSec: 224.4, bpm: 123, genre: 'Modern Bachata' }),
  );
  const taskId = await addCompletedTask(
    db,
    {
      userId,
      songId: song.id,
      requestKind: 'ai',
      query: 'slow and close',
      difficulty: 'beginner',
      energyLevel: 'low',
      style: 'romantic',
      seed: 7,
    },
    { duration: 227.18, difficulty: 'advanced' },
  );
  const saved = await saveChoreography(db, { userId, taskId, title: 'Mine', notes: 'mind the turn' });
  t.match(saved, { outcome: 'saved' });
  const { rows } = await listSavedChoreographies(db, { userId, ...ALL });
  t.equal(rows.length, 1);
  t.match(saved, { choreography: rows[0]! });
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...values } = rows[0]!;
  t.same(values, {
    userId,
    taskId,
    title: 'Mine',
    notes: 'mind the turn',
    videoPath: `output/choreography_${taskId}.mp4`,
    thumbnailPath: null,
    difficulty: 'advanced',
    durationSec: 227.18,
    songTitle: 'Suegra',
    titleFolded: 'mine',
    songTitleFolded: 'suegra',
    musicFolded: 'suegra\nromeo',
    musicInfo: {
      song_id: song.id,
      song: 'Suegra',
      artist: 'Romeo',
      bpm: 123,
      genre: 'Modern Bachata',
      duration: 224.4,
    },
    generationParameters: {
      task_id: taskId,
      difficulty: 'beginner',
      energy_level: 'low',
      style: 'romantic',
      seed: 7,
      ai_mode: true,
      original_query: 'slow and close',
    },
    isAutoSaved: false,
  });
});

t.test('what was not given is found: title, difficulty, video', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const save = async (task: object, result: object, given: object = {}) => {
    const taskId = await addCompletedTask(db, { userId, ...task }, { ...result });
    const saved = await saveChoreography(db, { userId, taskId, ...given });
    return 'choreography' in saved ? saved.choreography : t.fail('should save');
  };
  const item = await save(
    { difficulty: 'advanced' },
    { difficulty: 'expert', duration: null },
    { title: ' ' },
  );
  t.match(item, {
    title: 'Bachata - Advanced',
    difficulty: 'advanced',
    durationSec: 0,
    notes: '',
    songTitle: '',
    musicInfo: null,
  });
  t.match(await save({ difficulty: null }, {}), {
    title: 'Bachata - Intermediate',
    difficulty: 'intermediate',
  });
  t.match(await save({}, { difficulty: 'advanced' }, { difficulty: 'intermediate' }), {
    difficulty: 'intermediate',
  });
  t.match(await save({}, { output_path: 'data/output/a.mp4' }), { videoPath: 'output/a.mp4' });
  t.match(await save({}, { output_path: null, video_url: '/media/output/b.mp4' }), {
    videoPath: 'output/b.mp4',
  });
  t.match(await save({}, { output_path: null, video_url: 'https://cdn/c.mp4' }), { videoPath: '' });
});

t.test("another's task, none, and one without a video are not saved", async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const foreign = await addCompletedTask(db);
  t.same(await saveChoreography(db, { userId, taskId: foreign }), { outcome: 'task_not_found' });
  t.same(await saveChoreography(db, { userId, taskId: randomUUID() }), { outcome: 'task_not_found' });
  t.same(await saveChoreography(db, { userId, taskId: await addPendingTask(db, { userId }) }), {
    outcome: 'task_not_completed',
    status: 'pending',
  });
  t.same(await saveChoreography(db, { userId, taskId: await addStartedTask(db, { userId }) }), {
    outcome: 'task_not_completed',
    status: 'started',
  });
  t.equal((await listSavedChoreographies(db, { userId, ...ALL })).count, 0);
});

t.test('of twenty saves of one task at the same time one alone saves it', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const taskId = await addCompletedTask(db, { userId });
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => saveChoreography(db, { userId, taskId, title: `${index}` })),
  );
  t.equal(outcomes.filter(({ outcome }) => outcome === 'saved').length, 1);
  t.equal(outcomes.filter(({ outcome }) => outcome === 'already_saved').length, 19);
  const { rows } = await listSavedChoreographies(db, { userId, ...ALL });
  t.equal(rows.length, 1);
  for (const outcome of outcomes) t.match(outcome, { choreography: { id: rows[0]?.id } });
  await deleteSavedChoreography(db, rows[0]!.id, userId);
  t.match(await saveChoreography(db, { userId, taskId }), { outcome: 'saved' }, 'free again once deleted');
});

t.test('a finished task is kept by itself only where its owner prefers it so', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  await addCompletedTask(db, { userId });
  await updateUserPreferences(db, userId, { autoSaveChoreographies: true });
  await addCompletedTask(db);
  t.equal((await listSavedChoreographies(db, { userId, ...ALL })).count, 0);
  const taskId = await addCompletedTask(db, { userId });
  t.match(await listSavedChoreographies(db, { userId, ...ALL }), {
    count: 1,
    rows: [{ taskId, isAutoSaved: true, durationSec: 30.5, title: 'Bachata - Beginner' }],
  });
});

t.test('what has no title is called by its song and its level, cut where it would be too long', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const titleOf = async (title: string, difficulty?: 'advanced') => {
    const { row: song } = await upsertSong(db, songValues({ title, audioPath: `${title.length}.mp3` }));
    const taskId = await addCompletedTask(db, { userId, songId: song.id });
    const saved = await saveChoreography(db, {
      userId,
      taskId,
      title: ' ',
      ...(difficulty && { difficulty }),
    });
    return 'choreography' in saved ? saved.choreography.title : undefined;
  };
  t.equal(await titleOf('Corazón'), 'Corazón - Beginner');
  t.equal(await titleOf('Suegra', 'advanced'), 'Suegra - Advanced', 'the level that was given');
  await updateUserPreferences(db, userId, { autoSaveChoreographies: true });
  t.equal(await titleOf('Imitadora', 'advanced'), 'Imitadora - Advanced', 'also where it was kept by itself');
  t.equal(await titleOf('Eres Mía'), 'Eres Mía - Beginner');
  t.equal(await titleOf('\u{1F483}'.repeat(200)), `${'\u{1F483}'.repeat(189)} - Beginner`);
});

t.test('the first save by hand of a task kept by itself updates it, the next is a duplicate', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  await updateUserPreferences(db, userId, { autoSaveChoreographies: true });
  const taskId = await addCompletedTask(db, { userId });
  const { rows } = await listSavedChoreographies(db, { userId, ...ALL });
  const [kept] = rows;
  const saves = await Promise.all(
    ['a', 'b', 'c'].map((title) => saveChoreography(db, { userId, taskId, title, difficulty: 'advanced' })),
  );
  t.same(saves.map(({ outcome }) => outcome).sort(), ['already_saved', 'already_saved', 'updated']);
  const updated = saves.find(({ outcome }) => outcome === 'updated');
  t.match(updated, {
    choreography: { id: kept?.id, difficulty: 'advanced', isAutoSaved: false, durationSec: 30.5, notes: '' },
  });
  const item = updated !== undefined && 'choreography' in updated ? updated.choreography : undefined;
  t.same(await findSavedChoreography(db, kept!.id, userId), item);
});
