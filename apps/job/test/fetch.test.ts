import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import { makeLocalStore, type ObjectStore } from '@bachata-buddy/storage';
import t from 'tap';
import { fetchClips, fetchSong, removeCopies } from '../src/stages/fetch.ts';
import { blueprintOf, makeClip, makeSong } from './footage.ts';

t.test('what was copied here is removed when it is not needed any more, and nothing else', async (t) => {
  const root = t.testdir({ media: {}, here: {} });
  const [media, directory] = [join(root, 'media'), join(root, 'here')];
  await makeClip(media, 'red.mp4', { frames: 30 });
  await makeSong(media, 'song.wav', 1);
  const local = makeLocalStore({ rootDirectory: media });
  const moves = [{ clip: 'red.mp4', startSec: 0, durationSec: 1 }];
  const options = {
    tools: await findMediaTools(),
    blueprint: blueprintOf({ moves, totalSec: 1 }),
    directory,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  const fetchAll = async (store: ObjectStore): Promise<string[]> => {
    const { clipPaths } = await fetchClips({ ...options, store });
    return [await fetchSong({ ...options, store }), ...clipPaths.values()];
  };
  await removeCopies(await fetchAll(local), directory);
  t.same((await readdir(media)).sort(), ['red.mp4', 'song.wav']);
  const copied = await fetchAll({ ...local, localPath: async () => null });
  t.same((await readdir(directory)).sort(), ['clip-0', 'song']);
  await removeCopies(copied, directory);
  t.same(await readdir(directory), []);
  t.same((await readdir(media)).sort(), ['red.mp4', 'song.wav']);
});
