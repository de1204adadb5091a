import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dbError } from '@bachata-buddy/database';
import { makeLocalStore } from '@bachata-buddy/storage';
import t, { type Test } from 'tap';
import { withStoredVideo } from '../../src/uploads/with-stored-video.ts';

async function scene(t: Test) {
  const directory = t.testdir({ media: {} });
  const filePath = join(directory, 'mine.mp4');
  await writeFile(filePath, 'a film');
  return { filePath, store: makeLocalStore({ rootDirectory: join(directory, 'media') }) };
}

t.test('a film is stored before it is noted, and stays', async (t) => {
  const { store, filePath } = await scene(t);
  const key = await withStoredVideo(store, filePath, async (key) => {
    t.match(await store.stat(key), { sizeBytes: 6 });
    return key;
  });
  t.match(await store.stat(key ?? ''), { sizeBytes: 6 });
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
    const { store, filePath } = await scene(t);
    let key = '';
    const storing = withStoredVideo(store, filePath, (made) => {
      key = made;
      return note();
    });
    await storing.catch((thrown: unknown) => t.ok(thrown === REFUSED || thrown === LOST));
    t.equal((await store.stat(key)) !== null, isKept);
  });
}
