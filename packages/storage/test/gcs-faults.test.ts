import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32c, type FaultRule, type GcsServer, startGcsServer } from '@bachata-buddy/gcs-testkit';
import t, { type Test } from 'tap';
import { type GcsStoreOptions, makeGcsStore } from '../src/gcs-store.ts';
import type { ObjectStore } from '../src/index.ts';

const KEY = 'output/choreography_1.mp4';
const VIDEO = { contentType: 'video/mp4', cacheControl: 'public, max-age=86400' };
const PART_BYTES = 256 * 1024;
const PUT = { method: 'PUT', url: /upload_id=/ } as const;
const DOWNLOAD = { method: 'GET', url: /alt=media/ } as const;
const tokens = await startGcsServer();
t.teardown(() => tokens.close());
process.env.GOOGLE_APPLICATION_CREDENTIALS = await tokens.writeCredentials(t.testdir());

/** Most of these tests wait for a client's pause before its next try. */
t.jobs = 8;

interface Scene {
  readonly server: GcsServer;
  readonly store: ObjectStore;
  readonly bytes: Buffer;
  readonly source: string;
  readonly directory: string;
}

/** A server, a store on it, and a file of nearly four parts. */
async function scene(
  t: Test,
  options: Partial<GcsStoreOptions> & { updateIntervalMs?: number } = {},
): Promise<Scene> {
  const server = await startGcsServer({ tokensOf: tokens, updateIntervalMs: options.updateIntervalMs ?? 0 });
  t.teardown(() => server.close());
  const store = makeGcsStore({
    bucketName: 'media',
    apiEndpoint: server.origin,
    projectId: 'test',
    retries: { count: 2, maxDelaySec: 1 },
    chunkBytes: PART_BYTES,
    ...options,
  });
  const directory = t.testdir();
  const bytes = randomBytes(1_000_000);
  const source = join(directory, 'video.mp4');
  await writeFile(source, bytes);
  return { server, store, bytes, source, directory };
}

t.test('an upload goes in parts, and the object carries type, caching and checksum', async (t) => {
  const { server, store, bytes, source } = await scene(t);
  const facts = await store.putFile(source, KEY, { ...VIDEO, ifAbsent: true });
  t.equal(facts.crc32c, crc32c(bytes));
  t.match(server.object(KEY), { contentType: VIDEO.contentType, cacheControl: VIDEO.cacheControl });
  t.equal(server.object(KEY)?.crc32c, crc32c(bytes));
  t.ok(server.object(KEY)?.bytes.equals(bytes));
  t.equal(server.requests.filter((line) => /^PUT .*upload_id/.test(line)).length, 4);
  t.match(
    server.requests.find((line) => line.startsWith('POST /upload')),
    /ifGenerationMatch=0/,
  );
});

t.test('an empty file is an object too', async (t) => {
  const { server, store, source } = await scene(t);
  await writeFile(source, '');
  t.equal((await store.putFile(source, KEY, VIDEO)).sizeBytes, 0);
  t.equal(server.object(KEY)?.bytes.length, 0);
  t.equal((await buffer(await store.openRead(KEY))).length, 0);
});

const PASSING_UPLOAD_FAULTS: Readonly<Record<string, FaultRule>> = {
  'the start is answered 503': { method: 'POST', url: /^\/upload/, fault: { status: 503 } },
  'the start is answered 429': { method: 'POST', url: /^\/upload/, fault: { status: 429 } },
  'the start loses its connection': { method: 'POST', url: /^\/upload/, fault: { kind: 'reset' } },
  'a part is answered 503': { ...PUT, nth: 2, fault: { status: 503 } },
  'a part is answered 429': { ...PUT, nth: 2, fault: { status: 429 } },
  'a part loses its connection': { ...PUT, nth: 3, fault: { kind: 'reset' } },
  'the answer to a part is lost': { ...PUT, nth: 2, fault: { kind: 'lost-answer' } },
  'the answer to the last part is lost': { ...PUT, nth: 4, fault: { kind: 'lost-answer' } },
};

for (const [name, rule] of Object.entries(PASSING_UPLOAD_FAULTS)) {
  t.test(`an upload ends well, and stores once, where ${name}`, async (t) => {
    const { server, store, bytes, source } = await scene(t);
    server.fail(rule);
    const facts = await store.putFile(source, KEY, { ...VIDEO, ifAbsent: true });
    t.equal(facts.sizeBytes, bytes.length);
    t.ok(server.object(KEY)?.bytes.equals(bytes));
    t.equal(server.writesOf(KEY), 1);
  });
}

t.test('content that changes on the way is refused, and nothing is visible', async (t) => {
  const { server, store, source } = await scene(t);
  server.fail({ ...PUT, nth: 2, fault: { kind: 'corrupt-upload' } });
  await t.rejects(store.putFile(source, KEY, VIDEO), {
    code: 'STORAGE_FAILED',
    retryable: true,
    message: 'The file did not arrive in storage as it was sent.',
  });
  t.equal(await store.stat(KEY), null);
});

t.test('an upload that never gets through leaves the earlier object as it was', async (t) => {
  const { server, store, source } = await scene(t);
  await store.putFile(source, KEY, VIDEO);
  const earlier = server.object(KEY);
  await writeFile(source, randomBytes(600_000));
  server.fail({ ...PUT, nth: 2, times: 100, fault: { status: 503 } });
  const failure = await store.putFile(source, KEY, VIDEO).catch((thrown) => thrown);
  t.match(failure, { code: 'STORAGE_FAILED', retryable: true, message: 'Storage could not be reached.' });
  t.equal(server.object(KEY), earlier);
});

t.test('the winner of two writers keeps its object, and the loser is told', async (t) => {
  const { server, store, bytes, source, directory } = await scene(t);
  const other = join(directory, 'other.mp4');
  await writeFile(other, randomBytes(1_000_000));
  // The second writer comes and is done between the last part of the first and the one before it.
  const until = () => store.putFile(source, KEY, { ...VIDEO, ifAbsent: true });
  server.fail({ ...PUT, nth: 4, fault: { until } });
  await t.rejects(store.putFile(other, KEY, { ...VIDEO, ifAbsent: true }), { code: 'STORAGE_EXISTS' });
  t.equal(server.object(KEY)?.crc32c, crc32c(bytes));
  t.equal(server.writesOf(KEY), 1);
});

t.test('of two writers that replace, both end well and one whole object is left', async (t) => {
  const { server, store, bytes, source, directory } = await scene(t);
  const other = join(directory, 'other.mp4');
  const otherBytes = randomBytes(700_000);
  await writeFile(other, otherBytes);
  await Promise.all([store.putFile(source, KEY, VIDEO), store.putFile(other, KEY, VIDEO)]);
  t.ok([crc32c(bytes), crc32c(otherBytes)].includes(server.object(KEY)?.crc32c ?? ''));
  t.equal(server.writesOf(KEY), 2);
});

t.test('an object that was written a moment ago is replaced after a pause', async (t) => {
  const { server, store, source } = await scene(t, { updateIntervalMs: 700 });
  await store.putFile(source, KEY, VIDEO);
  await store.putFile(source, KEY, VIDEO);
  t.equal(server.writesOf(KEY), 2);
});

t.test('an upload that is stopped ends at once and leaves nothing visible', async (t) => {
  const { server, store, source } = await scene(t);
  const stop = new AbortController();
  server.fail({ ...PUT, nth: 3, fault: { kind: 'silent' }, onFault: () => stop.abort() });
  await t.rejects(store.putFile(source, KEY, { ...VIDEO, signal: stop.signal }), { name: 'AbortError' });
  t.equal(await store.stat(KEY), null);
});

t.test('a server that says nothing is given up on', async (t) => {
  const { server, store, source, directory, bytes } = await scene(t, {
    idleMs: 400,
    retries: { count: 1, maxDelaySec: 1 },
  });
  const unreached = { code: 'STORAGE_FAILED', retryable: true, message: 'Storage could not be reached.' };
  server.put(KEY, bytes);
  server.fail({ url: /upload|\/o\//, times: 1000, fault: { kind: 'silent' } });
  await t.rejects(store.stat(KEY), unreached);
  await t.rejects(store.putFile(source, KEY, { ...VIDEO, ifAbsent: true }), unreached);
  await t.rejects(store.fetchToFile(KEY, join(directory, 'copy')), unreached);
});

const PASSING_DOWNLOAD_FAULTS: Readonly<Record<string, FaultRule>> = {
  'it is answered 503': { ...DOWNLOAD, fault: { status: 503 } },
  'it is answered 429': { ...DOWNLOAD, fault: { status: 429 } },
  'its connection is lost': { ...DOWNLOAD, fault: { kind: 'reset' } },
  'it ends early': { ...DOWNLOAD, fault: { kind: 'truncated' } },
  'a bit of it is another': { ...DOWNLOAD, fault: { kind: 'corrupt' } },
};

for (const [name, rule] of Object.entries(PASSING_DOWNLOAD_FAULTS)) {
  t.test(`a download comes back whole where at first ${name}`, async (t) => {
    const { server, store, bytes, source, directory } = await scene(t);
    await store.putFile(source, KEY, VIDEO);
    server.fail(rule);
    await store.fetchToFile(KEY, join(directory, 'copy'));
    t.ok((await readFile(join(directory, 'copy'))).equals(bytes));
    t.same((await readdir(directory)).sort(), ['copy', 'video.mp4']);
  });
}

t.test('a download that stays damaged is an error, and leaves no file', async (t) => {
  const { server, store, source, directory } = await scene(t, { retries: { count: 1, maxDelaySec: 1 } });
  await store.putFile(source, KEY, VIDEO);
  for (const kind of ['corrupt', 'truncated'] as const) {
    server.fail({ ...DOWNLOAD, times: 100, fault: { kind } });
    const failure = store.fetchToFile(KEY, join(directory, 'copy'));
    await t.rejects(failure, { code: 'STORAGE_FAILED', retryable: true }, kind);
    server.clearFaults();
  }
  t.same(await readdir(directory), ['video.mp4']);
});

t.test('a download that is stopped ends at once and leaves no file', async (t) => {
  const { server, store, source, directory } = await scene(t);
  await store.putFile(source, KEY, VIDEO);
  const stop = new AbortController();
  server.fail({ ...DOWNLOAD, fault: { kind: 'silent' }, onFault: () => stop.abort() });
  const fetching = store.fetchToFile(KEY, join(directory, 'copy'), { signal: stop.signal });
  await t.rejects(fetching, { name: 'AbortError' });
  t.same(await readdir(directory), ['video.mp4']);
});

t.test('several downloads at a time each bring their own object', async (t) => {
  const { store, directory } = await scene(t);
  const all = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const bytes = randomBytes(300_000 + n);
      const path = join(directory, `source-${n}`);
      await writeFile(path, bytes);
      await store.putFile(path, `clips/${n}.mp4`, VIDEO);
      return bytes;
    }),
  );
  await Promise.all(all.map((_, n) => store.fetchToFile(`clips/${n}.mp4`, join(directory, `copy-${n}`))));
  for (const [n, bytes] of all.entries()) t.ok((await readFile(join(directory, `copy-${n}`))).equals(bytes));
});

t.test('a bucket that is not there is a failure, never an object that is not there', async (t) => {
  const { store, source, directory } = await scene(t, { bucketName: 'nobodys-bucket' });
  const refusal = { code: 'STORAGE_REFUSED', retryable: false };
  await t.rejects(store.stat(KEY), refusal);
  await t.rejects(store.openRead(KEY), refusal);
  await t.rejects(store.remove(KEY), refusal);
  await t.rejects(store.fetchToFile(KEY, join(directory, 'copy')), refusal);
  const failure = await store.putFile(source, KEY, VIDEO).catch((thrown) => thrown);
  t.match(failure, refusal);
  t.notMatch(failure.message, /nobodys-bucket|localhost|http/);
});

t.test('refused access is said so, without bucket, address or token', async (t) => {
  const { server, store, source } = await scene(t);
  for (const status of [401, 403]) {
    server.fail({ url: /storage\/v1/, times: 100, fault: { status } });
    const put = () => store.putFile(source, KEY, { ...VIDEO, ifAbsent: true });
    for (const work of [() => store.stat(KEY), put, () => store.openRead(KEY)]) {
      const error = await (work() as Promise<unknown>).then(
        () => null,
        (thrown) => thrown,
      );
      t.match(error, { code: 'STORAGE_REFUSED', retryable: false, message: 'Storage refused access.' });
      t.notMatch(`${error.message} ${error.cause?.message}`, /upload_id|Bearer|test-/);
    }
    server.clearFaults();
  }
});

t.test('a server out of reach is a failure that passes', async (t) => {
  const { server, store, source } = await scene(t, { retries: { count: 1, maxDelaySec: 1 } });
  await store.stat(KEY);
  await server.close();
  const unreached = { code: 'STORAGE_FAILED', retryable: true, message: 'Storage could not be reached.' };
  await t.rejects(store.stat(KEY), unreached);
  await t.rejects(store.putFile(source, KEY, { ...VIDEO, ifAbsent: true }), unreached);
});

t.test('the server turns a caller without credentials away', async (t) => {
  const { server } = await scene(t);
  t.equal((await fetch(`${server.origin}/storage/v1/b/media/o/x`)).status, 401);
  const start = `${server.origin}/upload/storage/v1/b/media/o?uploadType=resumable&name=x`;
  t.equal((await fetch(start, { method: 'POST' })).status, 401);
});

t.test('a V4 signed URL reads its object until it expires, and no other', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const email = 'api@test.iam.gserviceaccount.com';
  const server = await startGcsServer({ tokensOf: tokens, publicKeys: { [email]: publicKey } });
  t.teardown(() => server.close());
  const options = { bucketName: 'media', apiEndpoint: server.origin, projectId: 'test' };
  const source = join(t.testdir(), 'año.mp4');
  await writeFile(source, 'moving pictures');
  const key = 'output/año nuevo (1).mp4';
  await makeGcsStore(options).putFile(source, key, VIDEO);
  const credentials = {
    client_email: email,
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  const signer = makeGcsStore({ ...options, credentials });
  const url = await signer.signedUrl(key, new Date(Date.now() + 60_000));
  const answer = await fetch(url ?? '');
  t.strictSame([answer.status, await answer.text()], [200, 'moving pictures']);
  t.equal(answer.headers.get('content-type'), 'video/mp4');
  t.equal((await fetch(url ?? '', { headers: { range: 'bytes=0-5' } })).status, 206);
  t.equal((await fetch((url ?? '').replace('nuevo', 'viejo'))).status, 403);
  t.equal((await fetch((url ?? '').replace('X-Goog-Expires=', 'X-Goog-Expires=9'))).status, 403);
  const named = `attachment; filename="a.mp4"; filename*=UTF-8''a%C3%B1o.mp4`;
  const file = new URL((await signer.signedUrl(key, new Date(Date.now() + 60_000), named)) ?? '');
  t.equal(file.searchParams.get('response-content-disposition'), named);
  t.equal((await fetch(file)).status, 200, 'signed with the rest');
  const short = await signer.signedUrl(key, new Date(Date.now() + 1_000));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  t.equal((await fetch(short ?? '')).status, 400);
  await t.rejects(signer.signedUrl(key, new Date(Date.now() + 8 * 86_400_000)), { code: 'STORAGE_REFUSED' });
});
