import { startGcsServer } from '@bachata-buddy/gcs-testkit';
import t from 'tap';
import { makeGcsStore } from '../src/gcs-store.ts';
import { objectStoreContract } from './object-store-contract.ts';

const buckets = Array.from({ length: 60 }, (_, n) => `media-${n}`);
const server = await startGcsServer({ buckets });
t.teardown(() => server.close());
process.env.GOOGLE_APPLICATION_CREDENTIALS = await server.writeCredentials(t.testdir());

let stores = 0;
objectStoreContract(t, () => {
  const bucketName = buckets[stores++] ?? '';
  return makeGcsStore({
    bucketName,
    apiEndpoint: server.origin,
    projectId: 'test',
    retries: { count: 3, maxDelaySec: 1 },
  });
});

t.test('an object is not known to be absent where the bucket is not there', async (t) => {
  const store = makeGcsStore({
    bucketName: 'no-such-bucket',
    apiEndpoint: server.origin,
    projectId: 'test',
    retries: { count: 0, maxDelaySec: 1 },
  });
  await t.rejects(store.assertReachable('output/a.mp4'), { code: 'STORAGE_REFUSED' });
});
