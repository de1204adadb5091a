import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { makeLocalStore } from '../src/index.ts';
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

t.test('a put that fails leaves nothing behind', async (t) => {
  const directory = t.testdir({ store: {} });
  const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
  await t.rejects(store.putFile(join(directory, 'absent.bin'), 'out/x.mp4', { contentType: 'video/mp4' }), {
    code: 'STORAGE_FAILED',
  });
  t.same(await readdir(join(directory, 'store', 'out')), []);
});

t.test('a folder that is gone, or empty as an unmounted volume is, is not reachable', async (t) => {
  const directory = t.testdir({ empty: {} });
  for (const name of ['empty', 'gone']) {
    const store = makeLocalStore({ rootDirectory: join(directory, name) });
    await t.rejects(store.assertReachable(), { code: 'STORAGE_FAILED' });
  }
});
