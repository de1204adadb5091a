import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMediaTools, runFfmpeg, writeMovie } from '@bachata-buddy/media';
import t from 'tap';
import { describeFailure } from '../src/failure.ts';
import { namingFiles } from '../src/name-files.ts';

/** What a promise is rejected with. */
const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => t.fail('it was to fail'),
    (thrown: unknown) => thrown,
  );

const hasFullDevice = process.platform === 'linux' ? {} : { skip: 'there is no /dev/full' };

t.test('a full disk is told as such, whoever meets it, and may be tried again', hasFullDevice, async (t) => {
  const tools = await findMediaTools();
  const film = ['-f', 'lavfi', '-i', 'color=s=640x360', '-frames:v', '30', '-f', 'rawvideo', '/dev/full'];
  for (const work of [
    () => writeFile('/dev/full', 'x'),
    () => writeMovie({ path: '/dev/full', tracks: [] }),
    () => runFfmpeg({ tools, args: film }),
  ]) {
    t.strictSame(describeFailure(await thrownBy(work()), 'assemble'), {
      error: 'Video assembly failed: the disk of the rendering machine is full',
      message: 'Video assembly failed',
      isRetryable: true,
    });
  }
});

t.test(
  'a folder that cannot be written is told as such, and is no passing fault',
  hasFullDevice,
  async (t) => {
    // Nobody makes folders there, not even root.
    const thrown = await thrownBy(mkdtemp('/sys/bachata-'));
    t.match(describeFailure(thrown, 'assemble'), {
      error: 'Video assembly failed: the rendering machine may not write into a folder of its own',
      isRetryable: false,
    });
  },
);

t.test(
  'a clip is not blamed for a program that somebody ended, which may go well another time',
  async (t) => {
    const ffmpegPath = join(t.testdir(), 'ffmpeg');
    await writeFile(ffmpegPath, '#!/bin/sh\nkill -KILL $$\n', { mode: 0o755 });
    const tools = { ffmpegPath, ffprobePath: ffmpegPath };
    const thrown = await thrownBy(namingFiles(['clip.mp4'], () => runFfmpeg({ tools, args: [] })));
    t.match(describeFailure(thrown, 'assemble'), {
      error: 'FFmpeg error: ffmpeg was ended by SIGKILL',
      isRetryable: true,
    });
  },
);

t.test('an error that nobody expected keeps its text to itself', async (t) => {
  t.match(describeFailure(new TypeError('secret of the code'), 'assemble'), {
    error: 'Video assembly failed: internal error',
    isRetryable: false,
  });
});
