import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dbError, noteUpload, uploadedBytes } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { makeLocalStore } from '@bachata-buddy/storage';
import t, { type Test } from 'tap';
import { withStoredVideo } from '../../src/uploads/with-stored-video.ts';
import { addUser } from '../catalogue.ts';

async function scene(t: Test) {
  const directory = t.testdir({ media: {} });
  const filePath = join(directory, 'mine.mp4');
  await writeFile(filePath, 'a film');
  const { db: database } = await makeTestDatabase(t);
  const { id: userId } = await addUser(database, 'maria');
  const mediaDirectory = join(directory, 'media');
  const reserve = async (key: string): Promise<void> => {
    await noteUpload(database, { key, userId, sizeBytes: 6, quotaBytes: 6 });
  };
  return {
    filePath,
    database,
    userId,
    reserve,
    mediaDirectory,
    store: makeLocalStore({ rootDirectory: mediaDirectory }),
  };
}

t.test('a film is noted, stored and noted in an item, in this order, and stays', async (t) => {
  const video = await scene(t);
  const { store, database } = video;
  const key = await withStoredVideo({
    ...video,
    reserve: async (key) => {
      await video.reserve(key);
      t.equal(await store.stat(key), null);
    },
    record: async (key) => {
      t.match(await store.stat(key), { sizeBytes: 6 });
      return key;
    },
  });
  t.match(await store.stat(key ?? ''), { sizeBytes: 6 });
  t.equal(await uploadedBytes(database, video.userId), 6);
});

t.test('a film that has no room is not stored', async (t) => {
  const video = await scene(t);
  const reserve = () => Promise.reject(REFUSED);
  await t.rejects(withStoredVideo({ ...video, reserve, record: async () => 1 }), REFUSED);
  t.same(await readdir(video.mediaDirectory), []);
});

const REFUSED = dbError('DB_CONSTRAINT', 'Refused');
const LOST = dbError('DB_UNAVAILABLE', 'The connection was lost');

for (const { title, note, isKept } of [
  { title: 'has nothing to be noted in', note: async () => null, isKept: false },
  { title: 'is refused by the database', note: () => Promise.reject(REFUSED), isKept: false },
  {
    title: 'may have been noted before the connection was lost',
    note: () => Promise.reject(LOST),
    isKept: true,
  },
]) {
  t.test(`a film that ${title} is ${isKept ? 'kept' : 'removed'}`, async (t) => {
    const video = await scene(t);
    const { store, database, userId } = video;
    let key = '';
    const record = (made: string) => {
      key = made;
      return note();
    };
    const storing = withStoredVideo({ ...video, record });
    await storing.catch((thrown: unknown) => t.ok(thrown === REFUSED || thrown === LOST));
    t.equal((await store.stat(key)) !== null, isKept);
    t.equal(await uploadedBytes(database, userId), isKept ? 6 : 0);
  });
}
