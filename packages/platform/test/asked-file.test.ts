import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareAskedFile, prepareAskedFolder, writeAsked } from '@bachata-buddy/platform';
import t from 'tap';

t.test('a file may go where none is, in a folder that is made, and where one is', async (t) => {
  const root = t.testdir({ 'old.mp4': 'old' });
  for (const name of ['new.mp4', 'films/of/mine.mp4', 'old.mp4']) {
    for (const isReplaced of [false, true]) {
      const path = await prepareAskedFile(join(root, name), { isReplaced });
      t.equal(path, join(root, name));
      await writeAsked(path, () => writeFile(path, name));
      t.equal(await readFile(path, 'utf8'), name);
    }
  }
});

t.test('where no file can lie is said before the work, and all stays as it was', async (t) => {
  const root = t.testdir({ folder: {}, 'a-file': 'mine' });
  for (const name of ['folder', 'folder/', 'a-file/', 'not-there/']) {
    const refused = prepareAskedFile(`${root}/${name}`);
    await t.rejects(refused, { code: 'USAGE', message: /is a folder, not the name of a file\.$/ }, name);
  }
  for (const name of ['a-file/film.mp4', 'a-file/of/film.mp4']) {
    const message = `${join(root, name)} cannot be written: not a directory.`;
    await t.rejects(prepareAskedFile(join(root, name)), { code: 'FILE_NOT_WRITTEN', message }, name);
  }
  const noFolder = prepareAskedFolder(join(root, 'a-file'));
  await t.rejects(noFolder, { code: 'USAGE', message: `${join(root, 'a-file')} is no folder.` });
  t.strictSame((await readdir(root)).sort(), ['a-file', 'folder']);
  t.equal(await readFile(join(root, 'a-file'), 'utf8'), 'mine');
});

t.test('what is no regular file may be written into, but not replaced', async (t) => {
  // A socket's path has to be short.
  const folder = await mkdtemp(join(tmpdir(), 'bachata-socket-'));
  const path = join(folder, 'socket');
  const server = createServer().listen(path);
  t.teardown(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  await once(server, 'listening');
  const refused = prepareAskedFile(path, { isReplaced: true });
  await t.rejects(refused, { code: 'USAGE', message: /no regular file/ });
  t.equal(await prepareAskedFile(path), path);
  t.ok((await stat(path)).isSocket());
});

t.test('what the system refuses while a file is written is one line; a bug stays one', async (t) => {
  const folder = t.testdir();
  await mkdir(join(folder, 'film.mp4'));
  const path = join(folder, 'film.mp4');
  const refusals: [write: () => Promise<void>, message: string][] = [
    [() => writeFile(path, 'film'), `${path} cannot be written: illegal operation on a directory.`],
    [() => writeFile(join(path, 'a/b'), ''), `${path} cannot be written: no such file or directory.`],
    [
      () => Promise.reject(Object.assign(new Error('ENOSPC'), { errno: -constants.errno.ENOSPC })),
      `${path} cannot be written: no space left on device.`,
    ],
  ];
  for (const [write, message] of refusals)
    await t.rejects(writeAsked(path, write), { code: 'FILE_NOT_WRITTEN', message });
  const bug = new TypeError('x is undefined');
  await t.rejects(
    writeAsked(path, () => Promise.reject(bug)),
    bug,
  );
});
