import { randomUUID } from 'node:crypto';
import t from 'tap';
import {
  collectionStats,
  deleteAllSavedChoreographies,
  deleteChoreographiesWithoutVideo,
  deleteSavedChoreography,
  findSavedChoreography,
  listSavedChoreographies,
  saveChoreography,
  updateSavedChoreography,
  upsertSong,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addChoreography, addCompletedTask, addUser, songValues } from './fixtures.ts';

const ALL = { limit: 100, offset: 0 };

t.test('a list holds what passes the filter, in the order asked for, page by page', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  await addChoreography(db, userId, { title: 'beta 100%', difficulty: 'advanced' }, { duration: 3 });
  await addChoreography(db, userId, { title: 'Alpha', difficulty: 'beginner' }, { duration: 2 });
  await addChoreography(db, userId, { title: 'gamma', difficulty: 'advanced' }, { duration: 1 });
  await addChoreography(db, (await addUser(db)).id, { title: 'alpha of another' });
  const titles = async (filter: object) =>
    (await listSavedChoreographies(db, { userId, ...ALL, ...filter })).rows.map(({ title }) => title);
  t.same(await titles({}), ['gamma', 'Alpha', 'beta 100%'], 'newest first');
  t.same(await titles({ ordering: 'created_at' }), ['beta 100%', 'Alpha', 'gamma']);
  t.same(await titles({ ordering: 'title' }), ['Alpha', 'beta 100%', 'gamma']);
  t.same(await titles({ ordering: '-title' }), ['gamma', 'beta 100%', 'Alpha']);
  t.same(await titles({ ordering: 'duration' }), ['gamma', 'Alpha', 'beta 100%']);
  t.same(await titles({ ordering: '-duration' }), ['beta 100%', 'Alpha', 'gamma']);
  t.same(await titles({ difficulty: 'advanced' }), ['gamma', 'beta 100%']);
  t.same(await titles({ difficulty: 'expert' }), []);
  t.same(await titles({ search: 'ALPH' }), ['Alpha']);
  t.same(await titles({ search: '0%' }), ['beta 100%']);
  t.same(await titles({ search: '%m' }), [], 'a percent sign is no wildcard');
  const { row: song } = await upsertSong(db, songValues({ title: 'Corazón', artist: 'Joán Sóriano' }));
  const taskId = await addCompletedTask(db, { userId, songId: song.id });
  await saveChoreography(db, { userId, taskId, title: 'Ñandú' });
  for (const search of ['nandu', 'N\u0303ANDU\u0301', 'CORAZON', 'joa\u0301n soriano'])
    t.same(await titles({ search }), ['Ñandú'], search);
  t.same((await titles({ ordering: 'title' })).at(-1), 'Ñandú', 'sorted as an n');
  const [item] = (await listSavedChoreographies(db, { userId, ...ALL, search: 'nandu' })).rows;
  await updateSavedChoreography(db, item!.id, userId, { title: 'Été', musicInfo: { song: 'Señora' } });
  t.same(await titles({ search: 'ete' }), ['Été']);
  t.same(await titles({ search: 'senora' }), ['Été']);
  t.same([await titles({ search: 'ñandu' }), await titles({ search: 'soriano' })], [[], []], 'no more');
  await deleteSavedChoreography(db, item!.id, userId);
  t.match(await listSavedChoreographies(db, { userId, limit: 1, offset: 1 }), {
    count: 3,
    rows: [{ title: 'Alpha' }],
  });
  t.same(await listSavedChoreographies(db, { userId, limit: 1, offset: 9 }), { rows: [], count: 3 });
});

t.test('an item is found, changed and deleted by its owner alone', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const { id: otherId } = await addUser(db);
  const item = await addChoreography(db, userId, { title: 'Mine' });
  t.same(await findSavedChoreography(db, item.id, userId), item);
  t.equal(await findSavedChoreography(db, item.id, otherId), null);
  t.equal(await findSavedChoreography(db, randomUUID(), userId), null);
  t.equal(await updateSavedChoreography(db, item.id, otherId, { title: 'Theirs' }), null);
  t.equal(await deleteSavedChoreography(db, item.id, otherId), false);
  t.same(await updateSavedChoreography(db, item.id, userId, {}), item);
  const patch = { title: 'New', notes: 'n', difficulty: 'advanced', musicInfo: { artist: 'X' } } as const;
  const changed = await updateSavedChoreography(db, item.id, userId, patch);
  const folded = { titleFolded: 'new', musicFolded: 'x' };
  t.same(changed, { ...item, ...patch, ...folded, updatedAt: changed?.updatedAt });
  t.ok(changed!.updatedAt > item.updatedAt);
  t.equal(await deleteSavedChoreography(db, item.id, userId), true);
  t.equal(await deleteSavedChoreography(db, item.id, userId), false);
});

t.test("all items of a user are deleted, and nobody else's", async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const other = await addChoreography(db, (await addUser(db)).id);
  await addChoreography(db, userId);
  await addChoreography(db, userId);
  t.equal(await deleteAllSavedChoreographies(db, userId), 2);
  t.equal(await deleteAllSavedChoreographies(db, userId), 0);
  t.same(await findSavedChoreography(db, other.id, other.userId), other);
});

t.test('the figures of a collection count what is there', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const empty = { totalCount: 0, totalDurationSec: 0, byDifficulty: {}, recentCount: 0 };
  t.same(await collectionStats(db, userId), empty);
  await addChoreography(db, userId, { difficulty: 'advanced' }, { duration: 10.5 });
  const week = await addChoreography(db, userId, { difficulty: 'advanced' }, { duration: 20.25 });
  const old = await addChoreography(db, userId, { difficulty: 'beginner' }, { duration: 1 });
  await addChoreography(db, (await addUser(db)).id);
  const backdate = (id: string, age: string) =>
    db.pool.query('update saved_choreographies set created_at = now() - $2::interval where id = $1', [
      id,
      age,
    ]);
  await backdate(week.id, '6 days 23 hours');
  await backdate(old.id, '7 days 1 minute');
  t.same(await collectionStats(db, userId), {
    totalCount: 3,
    totalDurationSec: 31.75,
    byDifficulty: { advanced: 2, beginner: 1 },
    recentCount: 2,
  });
});

t.test('cleaning up removes the items whose video is gone, and those alone', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const kept = await Promise.all(Array.from({ length: 12 }, () => addChoreography(db, userId)));
  const gone = await addChoreography(db, userId);
  const without = await addChoreography(db, userId, {}, { output_path: '', video_url: '' });
  const foreign = await addChoreography(db, (await addUser(db)).id);
  const there = new Set(kept.map(({ videoPath }) => videoPath));
  const asked: string[] = [];
  const hasVideo = async (videoPath: string) => {
    asked.push(videoPath);
    return there.has(videoPath);
  };
  t.equal(await deleteChoreographiesWithoutVideo(db, userId, hasVideo), 2);
  t.same(asked.sort(), [...there, gone.videoPath].sort(), 'every video of the user is asked about, once');
  const { rows } = await listSavedChoreographies(db, { userId, ...ALL });
  t.same(rows.map(({ id }) => id).sort(), kept.map(({ id }) => id).sort());
  t.equal(await findSavedChoreography(db, without.id, userId), null);
  t.ok(await findSavedChoreography(db, foreign.id, foreign.userId));
  t.equal(await deleteChoreographiesWithoutVideo(db, userId, hasVideo), 0);
});

t.test('where storage fails in the midst of cleaning up nothing is removed', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  for (let index = 0; index < 15; index += 1) await addChoreography(db, userId);
  let asked = 0;
  const cleanUp = deleteChoreographiesWithoutVideo(db, userId, async () => {
    asked += 1;
    if (asked === 14) throw new Error('storage is away');
    return false;
  });
  await t.rejects(cleanUp, { message: 'storage is away' });
  t.equal((await listSavedChoreographies(db, { userId, ...ALL })).count, 15);
});

t.test('an item whose video changed while storage was asked stays', async (t) => {
  const { db } = await makeTestDatabase(t);
  const item = await addChoreography(db, (await addUser(db)).id);
  const deleted = await deleteChoreographiesWithoutVideo(db, item.userId, async () => {
    await db.pool.query(`update saved_choreographies set video_path = 'output/new.mp4'`);
    return false;
  });
  t.equal(deleted, 0);
  t.match(await findSavedChoreography(db, item.id, item.userId), { videoPath: 'output/new.mp4' });
});
