import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import { makeLocalStore } from '@bachata-buddy/storage';
import t from 'tap';
import { assembleVideo } from '../src/assemble.ts';
import { blueprintOf, HEIGHT, makeClip, makeSong, WIDTH } from './footage.ts';

t.test('what was copied here is removed when it is not needed any more, and nothing else', async (t) => {
  const root = t.testdir({ media: {}, here: {} });
  const [media, directory] = [join(root, 'media'), join(root, 'here')];
  await makeClip(media, 'red.mp4', { frames: 30 });
  await makeSong(media, 'song.wav', 1);
  const store = { ...makeLocalStore({ rootDirectory: media }), localPath: async () => null };
  await assembleVideo({
    tools: await findMediaTools(),
    store,
    directory,
    concurrency: 1,
    size: { width: WIDTH, height: HEIGHT },
    blueprint: blueprintOf({ moves: [{ clip: 'red.mp4', startSec: 0, durationSec: 1 }], totalSec: 1 }),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  t.same(await readdir(directory), ['video.mp4']);
  t.same((await readdir(media)).sort(), ['red.mp4', 'song.wav']);
});

t.test('a clip that breaks under the render is named, whichever way its pictures are made', async (t) => {
  for (const isConstant of [false, true]) {
    const root = t.testdir({ media: {}, here: {} });
    const [media, directory] = [join(root, 'media'), join(root, 'here')];
    for (const name of ['red.mp4', 'blue.mp4']) await makeClip(media, name, { frames: 30 });
    await makeSong(media, 'song.wav', 2);
    const moves = ['red.mp4', 'blue.mp4'].map((clip, index) => ({ clip, startSec: index, durationSec: 1 }));
    let fetched = 0;
    const rendering = assembleVideo({
      tools: await findMediaTools(),
      store: makeLocalStore({ rootDirectory: media }),
      directory,
      concurrency: 1,
      size: { width: WIDTH, height: HEIGHT },
      blueprint: blueprintOf({ moves, totalSec: 2, output: { constant_frame_rate: isConstant } }),
      signal: new AbortController().signal,
      // Both are looked at before the first picture is made.
      onProgress: () => {
        fetched++;
        if (fetched === moves.length) writeFileSync(join(media, 'blue.mp4'), 'no film any more');
      },
    });
    const message = /^FFmpeg error: [^:]*blue\.mp4: /;
    await t.rejects(rendering, { code: 'JOB_INPUT_INVALID', message }, isConstant ? 'encoded' : 'copied');
  }
});
