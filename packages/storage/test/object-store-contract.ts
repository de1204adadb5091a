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

  t.test('of two writers that both say ifAbsent exactly one wins', async (t) => {
    const store = makeStore(t);
    const source = await fileOf(t, randomBytes(100_000));
    const put = () => store.putFile(source, 'output/one.mp4', { ...options, ifAbsent: true });
    const outcomes = await Promise.allSettled([put(), put(), put(), put()]);
    t.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
  });

  t.test('a removed object is gone', async (t) => {
    const store = makeStore(t);
    await store.putFile(await fileOf(t, Buffer.from('x')), 'a.txt', options);
    await store.remove('a.txt');
    t.equal(await store.stat('a.txt'), null);
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
        await t.rejects(store.localPath(key), refusal);
      },
    );
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
