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
