import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import { withScratchDirectory } from '@bachata-buddy/platform';
import { makeLocalStore } from '@bachata-buddy/storage';
import t, { type Test } from 'tap';
import { assembleVideo } from '../src/assemble.ts';
import { type KeptParts, openKeptParts, partKey } from '../src/render/kept-parts.ts';
import {
  BLUE,
  blueprintOf,
  HEIGHT,
  makeClip,
  makeSong,
  pictures,
  readFrames,
  script,
  type TestMove,
  WIDTH,
} from './footage.ts';

const NO_LIMIT = 1e9;

/** Renders one-second moves of these clips and says which picture every frame shows. */
async function show(t: Test, media: string, cache: KeptParts, clips: readonly string[]): Promise<string[]> {
  const tools = await findMediaTools();
  const moves = clips.map((clip, index): TestMove => ({ clip, startSec: index, durationSec: 1 }));
  return withScratchDirectory({ purpose: 'render', parent: t.testdirName }, async (directory) => {
    const { path } = await assembleVideo({
      tools,
      directory,
      kept: cache,
      size: { width: WIDTH, height: HEIGHT },
      concurrency: 2,
      store: makeLocalStore({ rootDirectory: media }),
      blueprint: blueprintOf({
        moves,
        totalSec: clips.length,
        output: { constant_frame_rate: true, add_audio_overlay: false },
      }),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    return script(readFrames(tools.ffmpegPath, path));
  });
}

t.test('a changed move is all that is rendered again', async (t) => {
  const media = t.testdir();
  await Promise.all([
    makeClip(media, 'red.mp4', { frames: 40 }),
    makeClip(media, 'blue.mp4', { frames: 40, colour: BLUE }),
    makeClip(media, 'late.mp4', { frames: 40, filters: 'trim=start_frame=5,setpts=PTS-STARTPTS' }),
    makeSong(media, 'song.wav', 3),
  ]);
  const directory = join(media, 'cache');
  const cache = openKeptParts({ directory, maxBytes: NO_LIMIT });
  const red = pictures('R', 0, 29);
  const blue = pictures('B', 0, 29);
  t.same(await show(t, media, cache, ['red.mp4', 'blue.mp4', 'red.mp4']), [...red, ...blue, ...red]);
  const first = await readdir(directory);
  t.equal(first.length, 2, 'the same move is kept once');
  t.same(await show(t, media, cache, ['red.mp4', 'blue.mp4', 'red.mp4']), [...red, ...blue, ...red]);
  t.same(await readdir(directory), first, 'nothing new of the same video');
  const changed = await show(t, media, cache, ['red.mp4', 'late.mp4', 'blue.mp4']);
  t.same(changed, [...red, ...pictures('R', 5, 34), ...blue]);
  t.equal((await readdir(directory)).length, 3);
});

t.test(
  'what is kept is what is shown, and other content under the same name is not taken for it',
  async (t) => {
    const media = t.testdir();
    await Promise.all([
      makeClip(media, 'one.mp4', { frames: 40 }),
      makeClip(media, 'two.mp4', { frames: 40, colour: BLUE }),
      makeSong(media, 'song.wav', 2),
    ]);
    const directory = join(media, 'cache');
    const cache = openKeptParts({ directory, maxBytes: NO_LIMIT });
    await show(t, media, cache, ['one.mp4', 'one.mp4']);
    const [kept = ''] = await readdir(directory);
    const ofOne = await readFile(join(directory, kept));
    await writeFile(join(media, 'one.mp4'), await readFile(join(media, 'two.mp4')));
    t.same(await show(t, media, cache, ['one.mp4', 'one.mp4']), [
      ...pictures('B', 0, 29),
      ...pictures('B', 0, 29),
    ]);
    const [ofTwo = ''] = (await readdir(directory)).filter((name) => name !== kept);
    await rename(join(directory, ofTwo), join(directory, `${ofTwo.split('.')[0]}.${kept.split('.')[1]}.mp4`));
    await writeFile(join(directory, `${ofTwo.split('.')[0]}.${kept.split('.')[1]}.mp4`), ofOne);
    t.same(
      await show(t, media, openKeptParts({ directory, maxBytes: NO_LIMIT }), ['one.mp4', 'one.mp4']),
      [...pictures('R', 0, 29), ...pictures('R', 0, 29)],
      'the kept part was used, nothing was encoded',
    );
  },
);

t.test('the parts that were not used for longest go first, and a taken one stays whole', async (t) => {
  const folder = t.testdir({ a: 'aaaa', b: 'bbbb', c: 'cccc', cache: {} });
  const directory = join(folder, 'cache');
  const cache = openKeptParts({ directory, maxBytes: 8 });
  for (const name of ['a', 'b', 'c']) await cache.keep(name, join(folder, name));
  const anHourAgo = new Date(Date.now() - 3_600_000);
  for (const name of await readdir(directory)) await utimes(join(directory, name), anHourAgo, anHourAgo);
  await cache.take('c', join(folder, 'taken-c'));
  await cache.take('a', join(folder, 'taken-a'));
  await cache.trim();
  t.same(
    (await readdir(directory)).map((name) => name.split('.')[0]),
    ['a', 'c'],
  );
  await openKeptParts({ directory, maxBytes: 1 }).trim();
  t.same(await readdir(directory), []);
  t.equal(await readFile(join(folder, 'taken-c'), 'utf8'), 'cccc');
  t.notOk(await cache.take('c', join(folder, 'again')), 'and is not found any more');
  await t.rejects(stat(join(folder, 'again')), { code: 'ENOENT' });
});

t.test('a part that a disk has damaged is made anew, and one that vanishes is no error', async (t) => {
  const folder = t.testdir({ a: 'content', cache: {} });
  const directory = join(folder, 'cache');
  const kept = openKeptParts({ directory, maxBytes: NO_LIMIT });
  await kept.keep('a', join(folder, 'a'));
  const [name = ''] = await readdir(directory);
  // Another file: a link's content is that of the first.
  await rm(join(directory, name));
  await writeFile(join(directory, name), 'c0ntent');
  t.notOk(await kept.take('a', join(folder, 'taken')));
  t.same(await readdir(directory), [], 'nobody else meets it');
  t.same(await readdir(folder), ['a', 'cache'], 'and nothing of it is left');
  await kept.keep('a', join(folder, 'a'));
  t.ok(await kept.take('a', join(folder, 'taken')));
  await rm(join(directory, name));
  t.notOk(await kept.take('a', join(folder, 'again')));
});

t.test('half-written files of killed processes go, and those being written stay', async (t) => {
  const directory = t.testdir({ 'old.part': 'x', 'new.part': 'x' });
  const twoHoursAgo = new Date(Date.now() - 7_200_000);
  await utimes(join(directory, 'old.part'), twoHoursAgo, twoHoursAgo);
  await openKeptParts({ directory, maxBytes: 1 }).trim();
  t.same(await readdir(directory), ['new.part']);
});

t.test(
  'an empty file, as a power cut may leave it, is no part; a folder not made yet holds none',
  async (t) => {
    const directory = t.testdir({ [`k.${'0'.repeat(64)}.mp4`]: '' });
    const cache = openKeptParts({ directory, maxBytes: NO_LIMIT });
    t.notOk(await cache.take('k', join(directory, 'taken')));
    const later = openKeptParts({ directory: join(directory, 'later'), maxBytes: NO_LIMIT });
    t.notOk(await later.take('k', join(directory, 'taken2')));
    await later.trim();
    await mkdir(join(directory, 'later'));
    t.not(partKey({ frames: 1 }), partKey({ frames: 2 }));
  },
);
