import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withScratchDirectory } from '@bachata-buddy/platform';
import t from 'tap';
import { programArguments } from '../src/testkit.ts';

const PROGRAM = programArguments('packages/platform/test/fixtures/stays-in-scratch.ts');

/** A process at work in a scratch folder, and the folder. */
async function startWorker(
  purpose: string,
  parent: string,
): Promise<{ child: ChildProcess; folder: string }> {
  const child = spawn(process.execPath, [...PROGRAM, purpose, parent], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, folder: String(line).trim() };
}

async function end(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  const closed = once(child, 'close');
  if (signal === undefined) child.stdin?.end();
  else child.kill(signal);
  await closed;
}

t.test('a folder is gone after its work, whether that ends well or not', async (t) => {
  const parent = join(t.testdir(), 'made', 'here');
  const result = await withScratchDirectory({ purpose: 'render', parent }, async (directory) => {
    await writeFile(join(directory, 'film.mp4'), 'a film');
    t.same(await readdir(parent), [basename(directory)]);
    return 'done';
  });
  t.equal(result, 'done');
  await t.rejects(
    withScratchDirectory({ purpose: 'render', parent }, () => Promise.reject(new Error('no more clips'))),
    { message: 'no more clips' },
  );
  t.same(await readdir(parent), []);
});

t.test('what a killed process leaves is removed by the next of its purpose, nothing else', async (t) => {
  const parent = t.testdir();
  const dead = await startWorker('render', parent);
  await end(dead.child, 'SIGKILL');
  t.ok((await stat(dead.folder)).isDirectory(), 'a killed process removes nothing itself');
  const alive = await startWorker('upload', parent);
  const elsewhere = basename(dead.folder).replace(/^bachata-render-[0-9a-f]{8}/, 'bachata-render-00000000');
  for (const name of [elsewhere, 'bachata-render-of-mine', 'film.mp4']) await mkdir(join(parent, name));

  const own = await withScratchDirectory({ purpose: 'render', parent }, async (directory) => {
    const kept = [alive.folder, directory].map((path) => basename(path));
    t.same(
      new Set(await readdir(parent)),
      new Set([...kept, elsewhere, 'bachata-render-of-mine', 'film.mp4']),
      'of this machine, of that purpose, and of nobody who lives',
    );
    return directory;
  });
  await end(alive.child);
  t.same(new Set(await readdir(parent)), new Set([elsewhere, 'bachata-render-of-mine', 'film.mp4']));
  t.not(own, dead.folder);
});

t.test(
  'two at work side by side leave each other alone, also where a process number is taken again',
  async (t) => {
    const parent = t.testdir();
    const first = await startWorker('render', parent);
    const [, , , pid = '', started = ''] = basename(first.folder).split('-');
    t.equal(Number(pid), first.child.pid, 'the name says whose it is');
    const ofItsForerunner = basename(first.folder).replace(started, '0'.repeat(8));
    await mkdir(join(parent, ofItsForerunner));
    const second = await startWorker('render', parent);
    t.same(
      new Set(await readdir(parent)),
      new Set([basename(first.folder), basename(second.folder)]),
      'the folder of an earlier process with the same number is gone',
    );
    await end(first.child);
    await end(second.child);
    t.same(await readdir(parent), []);
  },
);
