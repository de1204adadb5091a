import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeLocalStore } from '@bachata-buddy/storage';
import t from 'tap';
import { uploadVideo } from '../src/stages/upload.ts';

const KEY = 'output/choreography_1.mp4';
const { signal } = new AbortController();

t.test('two attempts at one task both end well, and the video that was first stays', async (t) => {
  const directory = t.testdir({ 'one.mp4': 'the one', 'other.mp4': 'the other video', media: {} });
  const store = makeLocalStore({ rootDirectory: join(directory, 'media') });
  const upload = (name: string) =>
    uploadVideo({ store, path: join(directory, name), key: KEY, isWriteOnce: true, signal });
  const [one, other] = await Promise.all([upload('one.mp4'), upload('other.mp4')]);
  const stored = await readFile(join(directory, 'media', KEY), 'utf8');
  t.ok(['the one', 'the other video'].includes(stored));
  t.strictSame([one.sizeBytes, other.sizeBytes], [stored.length, stored.length], 'both know what is stored');
  const late = await upload(stored === 'the one' ? 'other.mp4' : 'one.mp4');
  t.equal(late.sizeBytes, stored.length);
  t.equal(await readFile(join(directory, 'media', KEY), 'utf8'), stored);
});

t.test('a document that no row stands for may be rendered again, edited', async (t) => {
  const directory = t.testdir({ 'a.mp4': 'first', media: {} });
  const store = makeLocalStore({ rootDirectory: join(directory, 'media') });
  const path = join(directory, 'a.mp4');
  await uploadVideo({ store, path, key: KEY, isWriteOnce: false, signal });
  await writeFile(path, 'second');
  await uploadVideo({ store, path, key: KEY, isWriteOnce: false, signal });
  t.equal(await readFile(join(directory, 'media', KEY), 'utf8'), 'second');
});
