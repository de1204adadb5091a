import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import { hostileFiles, watchChildren } from '@bachata-buddy/media/testkit';
import { makeLocalStore } from '@bachata-buddy/storage';
import t from 'tap';
import { examineSong, fetchClips } from '../src/stages/fetch.ts';
import { blueprintOf, HEIGHT, WIDTH } from './footage.ts';

const MOST_RESIDENT_BYTES = 300 * 1024 ** 2;

t.test('a hostile clip, or song, is named and not opened by what may take much', async (t) => {
  const directory = t.testdir({ media: {}, here: {} });
  const [rootDirectory, here] = [join(directory, 'media'), join(directory, 'here')];
  await mkdir(here, { recursive: true });
  const files = await hostileFiles(directory, 'http://127.0.0.1:9/film.mp4');
  const common = {
    tools: await findMediaTools(),
    store: makeLocalStore({ rootDirectory }),
    directory: here,
    signal: new AbortController().signal,
  };
  const watch = watchChildren();
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(rootDirectory, 'clip.mp4'), content);
    const blueprint = blueprintOf({
      moves: [{ clip: 'clip.mp4', startSec: 0, durationSec: 1 }],
      totalSec: 1,
    });
    const options = { ...common, blueprint };
    const size = { width: WIDTH, height: HEIGHT };
    const refusal = { code: 'JOB_INPUT_INVALID', message: /^FFmpeg error: clip\.mp4: / };
    await t.rejects(fetchClips({ ...options, size, onProgress: () => {} }), refusal, name);
    // Some are sounds, though no films.
    await examineSong(join(rootDirectory, 'clip.mp4'), options).catch((thrown: unknown) =>
      t.match(thrown, { code: 'JOB_INPUT_INVALID' }, name),
    );
  }
  const most = watch.end();
  t.ok(most < MOST_RESIDENT_BYTES, `at most ${Math.round(most / 1024 ** 2)} MB`);
});
