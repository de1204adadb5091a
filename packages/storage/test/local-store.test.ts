import { randomUUID } from 'node:crypto';
import { chmod, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { makeLocalStore, type ObjectStore } from '../src/index.ts';
import { objectStoreContract } from './object-store-contract.ts';

let stores = 0;
objectStoreContract(t, (t) => {
  stores += 1;
  return makeLocalStore({ rootDirectory: join(t.testdirName, `store-${stores}`) });
});

t.test('a symbolic link that leads out of the folder is treated as absent', async (t) => {
  const directory = t.testdir({ store: { 'in.txt': 'inside' }, 'secret.txt': 'outside' });
  await symlink(join(directory, 'secret.txt'), join(directory, 'store', 'link.txt'));
  await symlink(directory, join(directory, 'store', 'up'));
  const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
  t.equal(await store.stat('link.txt'), null);
  t.equal(await store.stat('up/secret.txt'), null);
  await writeFile(join(directory, 'new.txt'), 'new');
  await t.rejects(
    store.putFile(join(directory, 'new.txt'), 'up/planted.txt', { contentType: 'text/plain' }),
    {
      code: 'STORAGE_KEY_INVALID',
    },
  );
  t.equal(await readFile((await store.localPath('in.txt')) ?? '', 'utf8'), 'inside');
});

t.test('a link that is removed goes by itself, and what it leads to stays', async (t) => {
  const directory = t.testdir({ store: { songs: { 'b.mp3': 'a song' } }, away: {} });
  const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
  await symlink('b.mp3', join(directory, 'store/songs/a.mp3'));
  await store.remove('songs/a.mp3');
  t.equal(await store.stat('songs/a.mp3'), null);
  t.same(await readdir(join(directory, 'store/songs')), ['b.mp3']);
  t.equal(await readFile(join(directory, 'store/songs/b.mp3'), 'utf8'), 'a song');
  // Out of the folder and in again: the link is not the store's own.
  await symlink(join(directory, 'away'), join(directory, 'store/out'));
  await symlink(join(directory, 'store/songs/b.mp3'), join(directory, 'away/back.mp3'));
  await store.remove('out/back.mp3');
  t.same(await readdir(join(directory, 'away')), ['back.mp3']);
  t.equal(await readFile(join(directory, 'store/songs/b.mp3'), 'utf8'), 'a song');
});

t.test('a put that fails leaves nothing behind', async (t) => {
  const directory = t.testdir({ store: {} });
  const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
  await t.rejects(store.putFile(join(directory, 'absent.bin'), 'out/x.mp4', { contentType: 'video/mp4' }), {
    code: 'STORAGE_FAILED',
  });
  t.same(await readdir(join(directory, 'store', 'out')), []);
});

t.test('half-written files of killed writers go, and those being written stay', async (t) => {
  const part = `.${randomUUID()}.part`;
  const others = ['.hidden.part', 'song.part'];
  const output = Object.fromEntries([part, ...others].map((name) => [name, 'x']));
  const directory = t.testdir({ store: { output }, 'video.mp4': 'a video' });
  const rootDirectory = join(directory, 'store');
  const put = (store: ObjectStore, name: string) =>
    store.putFile(join(directory, 'video.mp4'), `output/${name}`, { contentType: 'video/mp4' });
  const now = Date.now();
  // What is taken over was written to for the last time before it came here.
  const twoHoursAgo = new Date(now - 7_200_000);
  await utimes(join(rootDirectory, 'output', part), twoHoursAgo, twoHoursAgo);
  const store = makeLocalStore({ rootDirectory });
  await put(store, 'a.mp4');
  t.same(await readdir(join(rootDirectory, 'output')), [part, ...others, 'a.mp4'].sort());
  t.intercept(Date, 'now', { value: () => now + 7_200_000 });
  await put(store, 'b.mp4');
  t.ok((await readdir(join(rootDirectory, 'output'))).includes(part), 'one look at a folder is enough');
  await put(makeLocalStore({ rootDirectory }), 'c.mp4');
  t.same(await readdir(join(rootDirectory, 'output')), [...others, 'a.mp4', 'b.mp4', 'c.mp4'].sort());
});

t.test('where a half-written file cannot be removed, that is said, and what comes is stored', async (t) => {
  // A folder, which is not removed as a file is.
  const directory = t.testdir({ store: { [`.${randomUUID()}.part`]: {} }, 'video.mp4': 'a video' });
  const said: Error[] = [];
  const listen = (warning: Error) => said.push(warning);
  process.on('warning', listen);
  t.teardown(() => process.off('warning', listen));
  const now = Date.now();
  t.intercept(Date, 'now', { value: () => now + 7_200_000 });
  const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
  await store.putFile(join(directory, 'video.mp4'), 'a.mp4', { contentType: 'video/mp4' });
  t.equal((await store.stat('a.mp4'))?.sizeBytes, 7);
  t.match(said, [{ name: 'StorageWarning', message: /^Half-written files stay in the storage folder: / }]);
});

t.test(
  'an object is not known to be absent where its own folder is not there to be looked into',
  async (t) => {
    const directory = t.testdir({
      away: {},
      store: { songs: { 'a.mp3': 'a song' }, output: 'no folder' },
      unmounted: {},
    });
    await symlink(join(directory, 'away'), join(directory, 'store', 'linked'));
    const cases = [
      ['store', 'output/a.mp4'],
      ['store', 'videos/a.mp4'],
      ['store', 'songs/2026/a.mp3'],
      ['store', 'linked/a.mp4'],
      ['unmounted', 'output/a.mp4'],
      ['unmounted', 'a.mp4'],
      ['gone', 'a.mp4'],
    ] as const;
    for (const [root, key] of cases) {
      const store = makeLocalStore({ rootDirectory: join(directory, root) });
      await t.rejects(store.assertReachable(key), { code: /^STORAGE_(FAILED|REFUSED)$/ }, `${root}: ${key}`);
    }
    const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
    await t.resolves(store.assertReachable('songs/gone.mp3'));
  },
);

t.test(
  'a file that is taken over is there without a copy, and stays when its maker removes it',
  async (t) => {
    const directory = t.testdir({ store: {}, 'video.mp4': 'a video' });
    const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
    const made = join(directory, 'video.mp4');
    await store.putFile(made, 'output/video.mp4', {
      contentType: 'video/mp4',
      takesOver: true,
      ifAbsent: true,
    });
    const stored = (await store.localPath('output/video.mp4')) ?? '';
    t.equal((await stat(stored)).ino, (await stat(made)).ino, 'one file of two names');
    await rm(made);
    t.equal(await readFile(stored, 'utf8'), 'a video');
    t.same(await readdir(join(directory, 'store/output')), ['video.mp4']);
  },
);

t.test(
  'what was read-only is stored as the owner may write it, and stays read-only where it was',
  async (t) => {
    const directory = t.testdir({ store: {}, 'ro.mp3': 'sound', 'own.mp3': 'sound' });
    const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
    for (const name of ['ro.mp3', 'own.mp3']) {
      await chmod(join(directory, name), 0o444);
      const options = { contentType: 'audio/mpeg', takesOver: name === 'own.mp3' };
      await store.putFile(join(directory, name), `songs/${name}`, options);
      const stored = await stat(join(directory, 'store/songs', name));
      t.equal(stored.mode & 0o600, 0o600, name);
    }
    t.equal((await stat(join(directory, 'ro.mp3'))).mode & 0o777, 0o444);
  },
);
