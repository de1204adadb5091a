import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import { startOtlpReceiver } from '@bachata-buddy/telemetry/testkit';
import t, { type Test } from 'tap';
import { BLUE, documentOf, makeClip, makeSong, type TestDocument, type TestMove } from './footage.ts';
import { JOB_COMMAND } from './job-program.ts';

const TASK_ID = '11111111-2222-4333-8444-555555555555';

interface Place {
  readonly media: string;
  readonly temporary: string;
}

/** A red and a blue clip of 2 s and a song of 2 s, made once. */
const stock = t.testdir({ stock: {} });
await makeClip(stock, 'red.mp4', { frames: 60 });
await makeClip(stock, 'blue.mp4', { frames: 60, colour: BLUE });
await makeSong(stock, 'song.wav', 2);

/** Media of both clips and the song, and an empty folder for the job's own files. */
async function place(t: Test): Promise<Place> {
  const folder = t.testdir({ media: {}, temporary: {} });
  const media = join(folder, 'media');
  for (const name of ['red.mp4', 'blue.mp4', 'song.wav'])
    await copyFile(join(stock, name), join(media, name));
  return { media, temporary: join(folder, 'temporary') };
}

interface RunningJob {
  readonly child: ChildProcess;
  readonly ended: Promise<{ exitCode: number | null; output: string }>;
}

function startJob(
  t: Test,
  { media, temporary }: Place,
  document: unknown,
  more: NodeJS.ProcessEnv = {},
): RunningJob {
  const { file, args, cwd } = JOB_COMMAND;
  const child = spawn(file, args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      FFMPEG_PATH: process.env.FFMPEG_PATH,
      FFPROBE_PATH: process.env.FFPROBE_PATH,
      BLUEPRINT_JSON: typeof document === 'string' ? document : JSON.stringify(document),
      LOCAL_STORAGE_PATH: media,
      JOB_TEMP_DIR: temporary,
      RENDER_SIZE: '64x36',
      RENDER_CONCURRENCY: '1',
      ...more,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  return { child, ended: once(child, 'close').then(([exitCode]) => ({ exitCode, output })) };
}

/** Moves of both clips in turn. At a constant rate every one of them takes an ffmpeg: time to be killed in. */
function alternating(count: number, durationSec = 1, isConstantRate = false): TestDocument {
  const moves = Array.from({ length: count }, (_, index): TestMove => {
    return { clip: index % 2 === 0 ? 'red.mp4' : 'blue.mp4', startSec: index * durationSec, durationSec };
  });
  const output = { constant_frame_rate: isConstantRate };
  return { moves, totalSec: count * durationSec, taskId: TASK_ID, output };
}

/** The video of moves without names or counts, and what belongs to it. */
const MADE = [`choreography_${TASK_ID}.chapters.vtt`, `choreography_${TASK_ID}.mp4`];

/** Files in the media folder that are neither clip nor song. */
async function outputsIn({ media }: Place): Promise<string[]> {
  const files = await readdir(media, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && !/^(red|blue|song|bad)\./.test(file.name))
    .map(({ name }) => name)
    .sort();
}

async function untilRendering({ temporary }: Place): Promise<void> {
  for (;;) {
    const names = await readdir(temporary, { recursive: true }).catch((): string[] => []);
    if (names.some((name) => name.includes('segment-0003'))) return;
    await sleep(10);
  }
}

t.test(
  'a job of its own process makes the video and ends by itself, its standard input still open',
  async (t) => {
    const here = await place(t);
    const job = startJob(t, here, documentOf(alternating(2)), { JOB_STOP_ON_STDIN_END: '1' });
    t.match(await job.ended, { exitCode: 0 });
    t.same(await outputsIn(here), MADE);
    t.same(await readdir(here.temporary), []);
    const tools = await findMediaTools();
    const probe = await probeMedia(tools, join(here.media, 'output', `choreography_${TASK_ID}.mp4`));
    t.match(probe, { video: { codec: 'h264', width: 64, height: 36 }, audio: { codec: 'aac' } });
  },
);

t.test('a collector of traces that says nothing holds no job up, and costs it no video', async (t) => {
  const collector = await startOtlpReceiver();
  t.teardown(() => collector.close());
  collector.answerWith('nothing');
  const here = await place(t);
  const { exitCode, output } = await startJob(t, here, documentOf(alternating(2)), {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
  }).ended;
  t.equal(exitCode, 0, output);
  t.ok(collector.headers.length > 0, 'it was asked');
  t.match(output, /traces cannot be sent/);
  t.same(await outputsIn(here), MADE);
});

for (const [name, tell] of [
  ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
  ['the end of its standard input', (child: ChildProcess) => child.stdin?.end()],
] as const) {
  t.test(
    `${name} in the middle ends a job in order: no video, no half of one, nothing left behind`,
    async (t) => {
      const here = await place(t);
      const job = startJob(t, here, documentOf(alternating(300, 1, true)), { JOB_STOP_ON_STDIN_END: '1' });
      await untilRendering(here);
      tell(job.child);
      t.match(await job.ended, { exitCode: 143 });
      t.same(await outputsIn(here), []);
      t.same(await readdir(here.temporary), []);
    },
  );
}

t.test('after a kill -9 the same job, started again, makes one whole video', async (t) => {
  const here = await place(t);
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
    const here = await place(t);
    await make?.(here.media);
    const { exitCode, output } = await startJob(t, here, document).ended;
    t.equal(exitCode, 2, output);
    t.match(output, says);
    t.same(await outputsIn(here), []);
    t.same(await readdir(here.temporary), []);
  });
}
