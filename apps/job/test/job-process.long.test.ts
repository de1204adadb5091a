import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import { startOtlpReceiver } from '@bachata-buddy/telemetry/testkit';
import t from 'tap';
import { documentOf, makeSong } from './footage.ts';
import {
  alternating,
  MADE,
  makePlace,
  makeStock,
  outputsIn,
  startJob,
  TASK_ID,
  untilRendering,
} from './running-job.ts';

const stock = await makeStock(t);

t.test('a collector of traces that says nothing holds no job up, and costs it no video', async (t) => {
  const collector = await startOtlpReceiver();
  t.teardown(() => collector.close());
  collector.answerWith('nothing');
  const here = await makePlace(t, stock);
  const { exitCode, output } = await startJob(t, here, documentOf(alternating(2)), {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
  }).ended;
  t.equal(exitCode, 0, output);
  t.ok(collector.headers.length > 0, 'it was asked');
  t.match(output, /traces cannot be sent/);
  t.same(await outputsIn(here), MADE);
});

t.test('after a kill -9 the same job, started again, makes one whole video', async (t) => {
  const here = await makePlace(t, stock);
  const cache = { RENDER_CACHE_DIR: join(here.temporary, 'cache') };
  const killed = startJob(t, here, documentOf(alternating(40, 1, true)), cache);
  await untilRendering(here);
  killed.child.kill('SIGKILL');
  await killed.ended;
  t.same(await outputsIn(here), []);
  t.match(await startJob(t, here, documentOf(alternating(40, 1, true)), cache).ended, { exitCode: 0 });
  t.same(await outputsIn(here), MADE);
  const tools = await findMediaTools();
  const probe = await probeMedia(tools, join(here.media, 'output', `choreography_${TASK_ID}.mp4`));
  t.ok(Math.abs(probe.durationSec - 40) < 0.05, `${probe.durationSec} s`);
});

const oneMove = (clip: string): unknown =>
  documentOf({ moves: [{ clip, startSec: 0, durationSec: 1 }], totalSec: 1, taskId: TASK_ID });

const BAD: Record<string, { make?: (media: string) => Promise<void>; document: unknown; says: RegExp }> = {
  'a missing clip': { document: oneMove('none.mp4'), says: /Video file not found: none\.mp4/ },
  'a missing song': {
    document: { ...documentOf(alternating(2)), audio_path: 'none.wav' },
    says: /Audio file not found: none\.wav/,
  },
  'an empty file for a clip': {
    make: (media) => writeFile(join(media, 'bad.mp4'), ''),
    document: oneMove('bad.mp4'),
    says: /FFmpeg error: bad\.mp4/,
  },
  'a text for a clip': {
    make: (media) => writeFile(join(media, 'bad.mp4'), 'one two three tap\n'.repeat(100)),
    document: oneMove('bad.mp4'),
    says: /FFmpeg error: bad\.mp4/,
  },
  'a clip without a picture': {
    make: (media) => makeSong(media, 'bad.wav', 1),
    document: oneMove('bad.wav'),
    says: /FFmpeg error: bad\.wav/,
  },
  'a folder for a clip': {
    make: async (media) => void (await mkdir(join(media, 'bad.mp4'))),
    document: oneMove('bad.mp4'),
    says: /bad\.mp4/,
  },
  'a text for a song': {
    make: (media) => writeFile(join(media, 'bad.mp3'), 'la la la\n'.repeat(100)),
    document: { ...documentOf(alternating(2)), audio_path: 'bad.mp3' },
    says: /FFmpeg error: bad\.mp3/,
  },
  'a way out of the media folder': {
    document: oneMove('../red.mp4'),
    says: /Blueprint validation failed/,
  },
  'a negative time': {
    document: documentOf({
      moves: [{ clip: 'red.mp4', startSec: -1, durationSec: 1 }],
      totalSec: 1,
      taskId: TASK_ID,
    }),
    says: /Blueprint validation failed/,
  },
  'something that is not JSON': { document: '{"moves": [', says: /Blueprint validation failed|JSON/ },
};

for (const [name, { make, document, says }] of Object.entries(BAD)) {
  t.test(`${name} is a clear failure for good, and leaves nothing behind`, async (t) => {
    const here = await makePlace(t, stock);
    await make?.(here.media);
    const { exitCode, output } = await startJob(t, here, document).ended;
    t.equal(exitCode, 2, output);
    t.match(output, says);
    t.same(await outputsIn(here), []);
    t.same(await readdir(here.temporary), []);
  });
}
