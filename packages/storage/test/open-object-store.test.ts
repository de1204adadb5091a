import { loadConfig } from '@bachata-buddy/platform';
import t from 'tap';
import { Type } from 'typebox';
import { openObjectStore, StorageVariables } from '../src/index.ts';

const open = (env: Record<string, string>) => openObjectStore(loadConfig(Type.Object(StorageVariables), env));

t.test('media lies in a folder unless the configuration says otherwise', async (t) => {
  const folder = t.testdir({ 'a.txt': 'x' });
  const store = await open({ LOCAL_STORAGE_PATH: folder, GCS_BUCKET_NAME: 'media' });
  t.match(await store.localPath('a.txt'), folder);
  t.equal(await store.signedUrl('a.txt', new Date()), null);
});

t.test('with STORAGE=gcs it lies in the bucket', async (t) => {
  const store = await open({ STORAGE: 'gcs', GCS_BUCKET_NAME: 'media' });
  t.equal(await store.localPath('a.txt'), null);
});

t.test('what is wrong or says two things is refused', async (t) => {
  for (const env of [
    { STORAGE: 'gcs' },
    { STORAGE: 's3' },
    { USE_GCS: 'true', GCS_BUCKET_NAME: 'media' },
    { STORAGE: 'gcs', GCS_BUCKET_NAME: 'media', USE_GCS: 'false' },
  ]) {
    await t.rejects(async () => open(env as Record<string, string>), { code: 'CONFIG_INVALID' });
  }
});
