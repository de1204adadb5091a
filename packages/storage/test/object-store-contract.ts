import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Test } from 'tap';
import type { ObjectStore } from '../src/index.ts';

const HOSTILE_KEYS = [
  '',
  '/etc/passwd',
  '../outside.txt',
  'a/../../outside.txt',
  'a//b',
  './a',
  'a/.',
  'a\\..\\b',
  'a\u0000b',
  'a\nb',
  'file:///etc/passwd',
  'gs://bucket/a',
  'a\u0085b',
  'a\ud800b',
  'data/a',
  'C:/windows',
  'x'.repeat(501),
  `${'ñ'.repeat(200)}`,
];

/** What every object store must do, whichever kind: run with a fresh, empty store. */
export function objectStoreContract(t: Test, makeStore: (t: Test) => ObjectStore): void {
  const options = { contentType: 'application/octet-stream' };

  async function fileOf(t: Test, bytes: Buffer): Promise<string> {
    const path = join(t.testdir(), 'source.bin');
    await writeFile(path, bytes);
    return path;
  }

  t.test('what was put comes back byte for byte, as a file, a stream and a range', async (t) => {
    const bytes = randomBytes(300_000);
    const source = await fileOf(t, bytes);
    const store = makeStore(t);
    const facts = await store.putFile(source, 'songs/año nuevo (1).mp3', options);
    t.equal(facts.sizeBytes, bytes.length);
    const target = `${source}.copy`;
    await store.fetchToFile('songs/año nuevo (1).mp3', target);
    t.equal(sha256(await readFile(target)), sha256(bytes));
    t.equal(sha256(await buffer(await store.openRead('songs/año nuevo (1).mp3'))), sha256(bytes));
    const part = await buffer(await store.openRead('songs/año nuevo (1).mp3', { start: 10, end: 19 }));
    t.same(part, bytes.subarray(10, 20));
  });

  t.test('an object that is not there is null to stat, and an error to read', async (t) => {
    const store = makeStore(t);
    t.equal(await store.stat('nothing/here.mp4'), null);
    await t.rejects(store.openRead('nothing/here.mp4'), { code: 'STORAGE_NOT_FOUND' });
    await t.rejects(store.fetchToFile('nothing/here.mp4', join(t.testdir(), 'x')), {
      code: 'STORAGE_NOT_FOUND',
    });
    await t.resolves(store.remove('nothing/here.mp4'));
  });

  t.test('a second put replaces, and changes the etag; with ifAbsent it is refused', async (t) => {
    const store = makeStore(t);
    const source = await fileOf(t, Buffer.from('first'));
    const first = await store.putFile(source, 'a/b.txt', options);
    await writeFile(source, 'second one');
    await t.rejects(store.putFile(source, 'a/b.txt', { ...options, ifAbsent: true }), {
      code: 'STORAGE_EXISTS',
    });
    t.equal((await buffer(await store.openRead('a/b.txt'))).toString(), 'first');
    const second = await store.putFile(source, 'a/b.txt', options);
    t.not(second.etag, first.etag);
    t.equal((await buffer(await store.openRead('a/b.txt'))).toString(), 'second one');
  });

  t.test('of several writers that all say ifAbsent one wins, and the others are told', async (t) => {
    const store = makeStore(t);
    const directory = t.testdir();
    const sources = await Promise.all(
      Array.from({ length: 4 }, async (_, n) => {
        const path = join(directory, `source-${n}`);
        await writeFile(path, randomBytes(100_000 + n));
        return path;
      }),
    );
    const put = (path: string) => store.putFile(path, 'output/one.mp4', { ...options, ifAbsent: true });
    const outcomes = await Promise.allSettled(sources.map(put));
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    const losers = outcomes.filter((outcome) => outcome.status === 'rejected');
    t.same(
      losers.map(({ reason }) => reason.code),
      Array(3).fill('STORAGE_EXISTS'),
    );
    const stored = await buffer(await store.openRead('output/one.mp4'));
    t.equal(sha256(stored), sha256(await readFile(sources[winner] ?? '')));
  });

  t.test('of two writers that replace one whole object is left', async (t) => {
    const store = makeStore(t);
    const directory = t.testdir();
    const contents = [randomBytes(200_000), randomBytes(300_000)];
    const put = async (bytes: Buffer, n: number) => {
      await writeFile(join(directory, `source-${n}`), bytes);
      return store.putFile(join(directory, `source-${n}`), 'a.bin', options);
    };
    await Promise.all(contents.map(put));
    const stored = sha256(await buffer(await store.openRead('a.bin')));
    t.ok(contents.map(sha256).includes(stored));
  });

  t.test('a put that was called off, or has no file, stores nothing', async (t) => {
    const store = makeStore(t);
    const source = await fileOf(t, randomBytes(1_000));
    const signal = AbortSignal.abort();
    await t.rejects(store.putFile(source, 'a.bin', { ...options, signal }), { name: 'AbortError' });
    await t.rejects(store.putFile(`${source}.absent`, 'a.bin', options), { code: 'STORAGE_FAILED' });
    t.equal(await store.stat('a.bin'), null);
  });

  t.test('a file that is there is not written over', async (t) => {
    const store = makeStore(t);
    const source = await fileOf(t, Buffer.from('stored'));
    await store.putFile(source, 'a.bin', options);
    await writeFile(source, 'kept');
    await t.rejects(store.fetchToFile('a.bin', source), { code: 'STORAGE_EXISTS' });
    t.equal(await readFile(source, 'utf8'), 'kept');
  });

  t.test('a removed object is gone', async (t) => {
    const store = makeStore(t);
    await store.putFile(await fileOf(t, Buffer.from('x')), 'a.txt', options);
    await store.remove('a.txt');
    t.equal(await store.stat('a.txt'), null);
  });

  t.test('where something was put, what is gone or never was there is known to be absent', async (t) => {
    const store = makeStore(t);
    await store.putFile(await fileOf(t, Buffer.from('x')), 'output/a.mp4', options);
    await t.resolves(store.assertReachable('output/a.mp4'));
    await t.resolves(store.assertReachable('output/never.mp4'));
    await store.remove('output/a.mp4');
    await t.resolves(store.assertReachable('output/a.mp4'));
  });

  for (const key of HOSTILE_KEYS) {
    t.test(
      `the key ${JSON.stringify(key.slice(0, 40))} (${key.length}) is refused by every method`,
      async (t) => {
        const store = makeStore(t);
        const source = await fileOf(t, Buffer.from('x'));
        const refusal = { code: 'STORAGE_KEY_INVALID' };
        await t.rejects(store.stat(key), refusal);
        await t.rejects(store.openRead(key), refusal);
        await t.rejects(store.fetchToFile(key, `${source}.copy`), refusal);
        await t.rejects(store.putFile(source, key, options), refusal);
        await t.rejects(store.remove(key), refusal);
        await t.rejects(store.assertReachable(key), refusal);
        await t.rejects(store.localPath(key), refusal);
        await t.rejects(store.signedUrl(key, new Date(Date.now() + 60_000)), refusal);
      },
    );
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
