import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  companionKeys,
  countTimesSec,
  findMediaTools,
  keyframeFrames,
  type MezzaninePreset,
  mezzanineEncoding,
  type PictureSize,
  parameterSetsOf,
  preparedClipKeys,
  preparedSongKey,
  readMovie,
  sheetTile,
} from '@bachata-buddy/media';
import t from 'tap';

t.test('the parameter sets depend on the size alone, not on preset, content or grid', async (t) => {
  const directory = t.testdir();
  const { ffmpegPath } = await findMediaTools();
  const encode = async (
    source: string,
    preset: MezzaninePreset,
    size: PictureSize,
    frames: readonly number[],
  ): Promise<string> => {
    const path = join(directory, `${preset}-${frames.length}-${size.width}.mp4`);
    const input = ['-f', 'lavfi', '-i', `${source}=s=${size.width}x${size.height}:r=30`, '-frames:v', '6'];
    const encoding = mezzanineEncoding({ preset, size, keyframeFrames: frames });
    execFileSync(ffmpegPath, ['-v', 'error', ...input, ...encoding, path]);
    const sets = parameterSetsOf((await readMovie(path)).tracks[0]!.sampleEntry);
    return sets?.toString('hex') ?? '';
  };
  const size = { width: 320, height: 180 };
  const usual = await encode('testsrc2', 'veryfast', size, [0, 3]);
  t.ok(usual.startsWith('01640028'), 'High, level 4.0');
  t.equal(await encode('color', 'superfast', size, []), usual);
  t.equal(await encode('mandelbrot', 'faster', size, [0, 1, 5]), usual);
  t.ok(
    (await encode('color', 'superfast', { width: 2560, height: 1440 }, [0])).startsWith('01640033'),
    'level 5.1',
  );
});

t.test('keyframes lie on the pictures nearest to every count inside the clip', (t) => {
  const clip = { durationSec: 4, tempoBpm: 126.4, firstDownbeatSec: 1.03 };
  const countSec = 60 / 126.4;
  const right = [-2, -1, 0, 1, 2, 3, 4, 5, 6].map((count) => 1.03 + count * countSec);
  t.same(countTimesSec(clip), right);
  t.same(keyframeFrames(countTimesSec(clip)), [0, ...right.map((time) => Math.round(time * 30))]);
  t.same(
    countTimesSec({ durationSec: 2, tempoBpm: 60, firstDownbeatSec: 0 }),
    [0, 1, 2],
    'both ends are inside',
  );
  t.same(keyframeFrames([0.01, 0.0, 0.02]), [0, 1], 'each once, picture 0 always');
  t.end();
});

t.test('a key stands for everything the packets depend on', (t) => {
  const identity = { contentHash: 'ab'.repeat(32), size: { width: 64, height: 36 }, keyframeFrames: [0, 14] };
  const { clip, poster, sheet, id } = preparedClipKeys(identity);
  t.match(clip, /^prepared\/clips\/[0-9a-f]{32}\.mp4$/);
  t.same([poster, sheet], [`prepared/clips/${id}.jpg`, `prepared/clips/${id}.sheet.jpg`]);
  t.same(companionKeys(clip), { poster, sheet });
  const others = [
    { ...identity, contentHash: 'cd'.repeat(32) },
    { ...identity, size: { width: 36, height: 64 } },
    { ...identity, keyframeFrames: [0, 15] },
  ];
  t.equal(new Set([identity, ...others].map((one) => preparedClipKeys(one).id)).size, 4);
  const song = { contentHash: 'ab'.repeat(32), bitsPerSecond: 128_000, isNormalised: true };
  t.match(preparedSongKey(song), /^prepared\/songs\/[0-9a-f]{32}\.m4a$/);
  const keys = [song, { ...song, bitsPerSecond: 96_000 }, { ...song, isNormalised: false }].map(
    preparedSongKey,
  );
  t.equal(new Set(keys).size, 3);
  t.end();
});

t.test('a thumbnail is found by arithmetic', (t) => {
  const size = { width: 1280, height: 720 };
  t.same(sheetTile(0, size), { x: 0, y: 0, width: 160, height: 90 });
  t.same(sheetTile(12.9, size), { x: 320, y: 90, width: 160, height: 90 });
  t.same(sheetTile(3, { width: 720, height: 1280 }), { x: 480, y: 0, width: 160, height: 284 });
  t.end();
});
