import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import { makeLocalStore, type ObjectStore, type PutOptions } from '@bachata-buddy/storage';
import t, { type Test } from 'tap';
import { extrasInResult, storeExtras } from '../../src/extras/store-extras.ts';
import { fetchClips } from '../../src/stages/fetch.ts';
import { makePrepared } from '../footage.ts';
import { blueprintOf } from './documents.ts';

const HASH = '0123456789abcdef0123456789abcdef';
const PREPARED = `prepared/clips/${HASH}`;
const SIZE = { width: 64, height: 36 };
const { signal } = new AbortController();

/** A store with a prepared clip, which notes what is put into it. */
async function makeScene(t: Test) {
  const root = t.testdir({ prepared: { clips: {} }, scratch: {} });
  await makePrepared(join(root, 'prepared/clips'), `${HASH}.mp4`, { frames: 60, keyframes: [0] });
  const puts: [key: string, options: PutOptions][] = [];
  const local = makeLocalStore({ rootDirectory: root });
  const store: ObjectStore = {
    ...local,
    putFile: (path, key, options) => {
      puts.push([key, options]);
      return local.putFile(path, key, options);
    },
  };
  const blueprint = blueprintOf({
    totalSec: 2,
    moves: [{ video_path: `${PREPARED}.mp4`, duration: 2, counts: 4, move_name: 'Basic' }],
  });
  const tools = await findMediaTools();
  const directory = join(root, 'scratch');
  const fetching = { tools, store, blueprint, directory, signal };
  const clips = await fetchClips({ ...fetching, size: SIZE, onProgress: () => undefined });
  const storeThem = (isMirrored = false, posterPath?: string) =>
    storeExtras({
      store,
      clips,
      directory,
      posterPath,
      isWriteOnce: true,
      signal,
      blueprint: { ...blueprint, output: { ...blueprint.output, isMirrored } },
    });
  return { root, puts, storeThem };
}

t.test(
  'a clip with poster and sheet gives the video all four, which are kept as they first were',
  async (t) => {
    const { root, puts, storeThem } = await makeScene(t);
    await writeFile(join(root, `${PREPARED}.jpg`), 'a poster');
    await writeFile(join(root, `${PREPARED}.sheet.jpg`), 'a sheet');
    const stored = await storeThem();
    t.strictSame(extrasInResult(stored), {
      captions_path: 'output/choreography_1.vtt',
      chapters_path: 'output/choreography_1.chapters.vtt',
      thumbnails_path: 'output/choreography_1.thumbnails.vtt',
      poster_path: 'output/choreography_1.jpg',
    });
    const types = new Map(puts.map(([key, { contentType }]) => [key, contentType]));
    for (const [kind, key] of Object.entries(stored)) {
      t.equal(types.get(key), kind === 'poster' ? 'image/jpeg' : 'text/vtt; charset=utf-8', key);
    }
    const textOf = (key: string | undefined) => readFile(join(root, key ?? ''), 'utf8');
    t.equal(await textOf(stored.poster), 'a poster');
    // The clip is 16:9, so its thumbnails measure 160 by 90.
    t.equal(
      await textOf(stored.thumbnails),
      `WEBVTT

00:00:00.000 --> 00:00:00.500
../${PREPARED}.sheet.jpg#xywh=0,0,160,90

00:00:00.500 --> 00:00:02.000
../${PREPARED}.sheet.jpg#xywh=160,0,160,90
`,
    );
    await writeFile(join(root, `${PREPARED}.jpg`), 'another poster');
    t.strictSame(await storeThem(), stored, 'of a second attempt');
    t.equal(await textOf(stored.poster), 'a poster');
  },
);

t.test('a clip without companions costs the video its thumbnails and its poster, no more', async (t) => {
  const { root, storeThem } = await makeScene(t);
  t.strictSame(Object.keys(await storeThem()).sort(), ['captions', 'chapters']);
  t.strictSame((await readdir(join(root, 'output'))).sort(), [
    'choreography_1.chapters.vtt',
    'choreography_1.vtt',
  ]);
});

t.test('a mirrored video has no pictures of clips that are not', async (t) => {
  const { root, storeThem } = await makeScene(t);
  await writeFile(join(root, `${PREPARED}.jpg`), 'a poster');
  await writeFile(join(root, `${PREPARED}.sheet.jpg`), 'a sheet');
  const own = join(root, 'scratch/own.jpg');
  await writeFile(own, 'the other way round');
  const stored = await storeThem(true, own);
  t.strictSame(Object.keys(stored).sort(), ['captions', 'chapters', 'poster']);
  t.equal(await readFile(join(root, stored.poster!), 'utf8'), 'the other way round');
});
