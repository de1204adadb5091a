import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { startGcsServer } from '@bachata-buddy/gcs-testkit';
import { loadConfig } from '@bachata-buddy/platform';
import t from 'tap';
import { Type } from 'typebox';
import { openObjectStore, StorageVariables } from '../src/index.ts';
import { makeLocalStore } from '../src/local-store.ts';
import { makeSplitStore } from '../src/split-store.ts';
import { objectStoreContract } from './object-store-contract.ts';

const directory = t.testdir({});
const server = await startGcsServer({ buckets: ['videos', 'media'] });
t.teardown(() => server.close());
process.env.GOOGLE_APPLICATION_CREDENTIALS = await server.writeCredentials(directory);

const open = (outputBucketName: string) =>
  openObjectStore(
    loadConfig(Type.Object(StorageVariables), {
      STORAGE: 'gcs',
      GCS_BUCKET_NAME: 'media',
      GCS_OUTPUT_BUCKET_NAME: outputBucketName,
      GCP_PROJECT_ID: 'test',
      GCS_API_ENDPOINT: server.origin,
    }),
  );

let stores = 0;
objectStoreContract(t, (t) => {
  stores += 1;
  const folder = (name: string) => join(t.testdirName, `store-${stores}`, name);
  return makeSplitStore({
    media: makeLocalStore({ rootDirectory: folder('media') }),
    output: makeLocalStore({ rootDirectory: folder('output') }),
  });
});

t.test('finished videos go to the bucket of their own, songs and clips to the other', async (t) => {
  const store = await open('videos');
  const path = join(directory, 'a.bin');
  await writeFile(path, 'some bytes');
  for (const key of ['songs/a.mp3', 'basic/output/b.mp4', 'output/c.mp4']) {
    await store.putFile(path, key, { contentType: 'video/mp4' });
    t.equal((await buffer(await store.openRead(key))).toString(), 'some bytes', key);
    t.match(await store.stat(key), { sizeBytes: 10 });
  }
  t.equal(server.object('output/c.mp4')?.bytes.toString(), 'some bytes', 'under the same key');
  t.equal(server.object('songs/a.mp3'), undefined);
  t.equal(server.object('basic/output/b.mp4'), undefined, 'a folder elsewhere is no matter');
  await store.fetchToFile('output/c.mp4', join(directory, 'c.mp4'));
  await store.remove('output/c.mp4');
  t.equal(await store.stat('output/c.mp4'), null);
  t.match(await store.stat('songs/a.mp3'), { sizeBytes: 10 });
});

t.test('where the bucket of videos is missing, no video is known to be gone', async (t) => {
  const store = await open('no-such-bucket');
  await t.rejects(store.assertReachable('output/c.mp4'), { code: 'STORAGE_REFUSED' });
  await t.resolves(store.assertReachable('songs/nothing.mp3'));
});
