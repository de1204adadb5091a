import type { ChildProcess } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import t from 'tap';
import { documentOf } from './footage.ts';
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

t.test(
  'a job of its own process makes the video and ends by itself, its standard input still open',
  async (t) => {
    const here = await makePlace(t, stock);
    const job = startJob(t, here, documentOf(alternating(2)), { JOB_STOP_ON_STDIN_END: '1' });
    t.match(await job.ended, { exitCode: 0 });
    t.same(await outputsIn(here), MADE);
    t.same(await readdir(here.temporary), []);
    const tools = await findMediaTools();
    const probe = await probeMedia(tools, join(here.media, 'output', `choreography_${TASK_ID}.mp4`));
    t.match(probe, { video: { codec: 'h264', width: 64, height: 36 }, audio: { codec: 'aac' } });
  },
);

for (const [name, tell] of [
  ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
  ['the end of its standard input', (child: ChildProcess) => child.stdin?.end()],
] as const) {
  t.test(
    `${name} in the middle ends a job in order: no video, no half of one, nothing left behind`,
    async (t) => {
      const here = await makePlace(t, stock);
      const job = startJob(t, here, documentOf(alternating(300, 1, true)), { JOB_STOP_ON_STDIN_END: '1' });
      await untilRendering(here);
      tell(job.child);
      t.match(await job.ended, { exitCode: 143 });
      t.same(await outputsIn(here), []);
      t.same(await readdir(here.temporary), []);
    },
  );
}
