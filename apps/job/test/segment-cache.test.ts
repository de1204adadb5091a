import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import { withScratchDirectory } from '@bachata-buddy/platform';
import { makeLocalStore } from '@bachata-buddy/storage';
import t, { type Test } from 'tap';
import { assembleVideo } from '../src/assemble.ts';
import { openSegmentCache, type SegmentCache, segmentKey } from '../src/render/segment-cache.ts';
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
async function show(
  t: Test,
  media: string,
  cache: SegmentCache,
  clips: readonly string[],
): Promise<string[]> {
  const tools = await findMediaTools();
  const moves = clips.map((clip, index): TestMove => ({ clip, startSec: index, durationSec: 1 }));
  return withScratchDirectory({ purpose: 'render', parent: t.testdirName }, async (directory) => {
    const { path } = await assembleVideo({
      ...{ tools, directory, cache, size: { width: WIDTH, height: HEIGHT }, concurrency: 2 },
      store: makeLocalStore({ rootDirectory: media }),
      blueprint: blueprintOf({ moves, totalSec: clips.length }),
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
  const cache = openSegmentCache({ directory, maxBytes: NO_LIMIT });
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
    const cache = openSegmentCache({ directory, maxBytes: NO_LIMIT });
    await show(t, media, cache, ['one.mp4', 'one.mp4']);
    const [kept = ''] = await readdir(directory);
    const ofOne = await readFile(join(directory, kept));
    await writeFile(join(media, 'one.mp4'), await readFile(join(media, 'two.mp4')));
    t.same(await show(t, media, cache, ['one.mp4', 'one.mp4']), [
      ...pictures('B', 0, 29),
      ...pictures('B', 0, 29),
    ]);
    const [ofTwo = ''] = (await readdir(directory)).filter((name) => name !== kept);
    await writeFile(join(directory, ofTwo), ofOne);
    t.same(
      await show(t, media, cache, ['one.mp4', 'one.mp4']),
      [...pictures('R', 0, 29), ...pictures('R', 0, 29)],
      'the kept segment was used, nothing was encoded',
    );
  },
);

t.test('the segments that were not used for longest go first, and a taken one stays whole', async (t) => {
  const folder = t.testdir({ a: 'aaaa', b: 'bbbb', c: 'cccc', cache: {} });
  const directory = join(folder, 'cache');
  const cache = openSegmentCache({ directory, maxBytes: 8 });
  for (const name of ['a', 'b', 'c']) await cache.keep(name, join(folder, name));
  const anHourAgo = new Date(Date.now() - 3_600_000);
  for (const name of ['a', 'b', 'c']) await utimes(join(directory, `${name}.mp4`), anHourAgo, anHourAgo);
  await cache.take('c', join(folder, 'taken-c'));
  await cache.take('a', join(folder, 'taken-a'));
  await cache.trim();
  t.same(await readdir(directory), ['a.mp4', 'c.mp4']);
  await openSegmentCache({ directory, maxBytes: 1 }).trim();
  t.same(await readdir(directory), []);
  t.equal(await readFile(join(folder, 'taken-c'), 'utf8'), 'cccc');
  t.notOk(await cache.take('c', join(folder, 'again')), 'and is not found any more');
  await t.rejects(stat(join(folder, 'again')), { code: 'ENOENT' });
});

t.test('half-written files of killed processes go, and those being written stay', async (t) => {
  const directory = t.testdir({ 'old.part': 'x', 'new.part': 'x' });
  const twoHoursAgo = new Date(Date.now() - 7_200_000);
  await utimes(join(directory, 'old.part'), twoHoursAgo, twoHoursAgo);
  await openSegmentCache({ directory, maxBytes: 1 }).trim();
  t.same(await readdir(directory), ['new.part']);
});

t.test(
  'an empty file, as a power cut may leave it, is no segment; a folder not made yet holds none',
  async (t) => {
    const directory = t.testdir({ 'k.mp4': '' });
    const cache = openSegmentCache({ directory, maxBytes: NO_LIMIT });
    t.notOk(await cache.take('k', join(directory, 'taken')));
    const later = openSegmentCache({ directory: join(directory, 'later'), maxBytes: NO_LIMIT });
    t.notOk(await later.take('k', join(directory, 'taken2')));
    await later.trim();
    await mkdir(join(directory, 'later'));
    t.not(segmentKey({ frames: 1 }), segmentKey({ frames: 2 }));
  },
);
