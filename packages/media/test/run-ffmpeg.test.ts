import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findMediaTools, probeMedia, runFfmpeg } from '@bachata-buddy/media';
import { AppError } from '@bachata-buddy/platform';
import t from 'tap';
import { scriptedTools } from './fixture-programs.ts';

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await work.then(
    () => new Error('It did not fail'),
    (error: unknown) => error,
  );
  if (thrown instanceof AppError) return thrown;
  throw thrown;
}

t.test('a real encode reports rising progress that ends at 1, and its number of frames', async (t) => {
  const tools = await findMediaTools();
  const path = join(t.testdir(), 'out.mp4');
  const fractions: number[] = [];
  const outcome = await runFfmpeg({
    tools,
    args: ['-f', 'lavfi', '-i', 'testsrc=d=2:s=320x180:r=25', '-c:v', 'libx264', path],
    expectedDurationSec: 2,
    onProgress: (fraction) => fractions.push(fraction),
  });
  t.equal(outcome.frameCount, 50);
  t.equal(fractions.at(-1), 1);
  t.same(
    fractions,
    fractions.toSorted((a, b) => a - b),
  );
  t.equal((await probeMedia(tools, path)).video?.frameCount, 50);
});

t.test('frames piped into standard input are encoded', async (t) => {
  const path = join(t.testdir(), 'out.mp4');
  const outcome = await runFfmpeg({
    tools: await findMediaTools(),
    args: [
      '-f',
      'rawvideo',
      '-pix_fmt',
      'gray',
      '-s',
      '16x16',
      '-r',
      '10',
      '-i',
      'pipe:0',
      '-c:v',
      'libx264',
      path,
    ],
    stdin: Buffer.alloc(16 * 16 * 7, 128),
  });
  t.equal(outcome.frameCount, 7);
});

t.test('a failure says what ffmpeg said last, with its exit code and no folder', async (t) => {
  const error = await failureOf(
    runFfmpeg({ tools: await findMediaTools(), args: ['-i', '/no/such/folder/clip.mp4', '/tmp/never.mp4'] }),
  );
  t.equal(error.code, 'MEDIA_FFMPEG_EXIT');
  t.match(error.message, /^FFmpeg error: .*: No such file or directory$/);
  t.notMatch(error.message, /folder/);
  t.match(error.details, { exitCode: Number, timedOut: false, cancelled: false, signal: undefined });
});

t.test('a cancelled run is asked to end, and is told apart from a failed one', async (t) => {
  const directory = t.testdir();
  const tools = scriptedTools(
    t,
    `trap 'echo asked > ${directory}/asked; exit 255' TERM; echo > ${directory}/ready; while :; do sleep 0.02; done`,
  );
  const controller = new AbortController();
  const running = failureOf(runFfmpeg({ tools, args: [], signal: controller.signal }));
  while (!existsSync(join(directory, 'ready'))) await sleep(10);
  controller.abort();
  const error = await running;
  t.equal(error.code, 'CANCELLED');
  t.match(error.details, { cancelled: true, timedOut: false, forceKilled: false });
  t.ok(existsSync(join(directory, 'asked')));
});

t.test('a run that was cancelled before it began does not begin', async (t) => {
  const directory = t.testdir();
  const tools = scriptedTools(t, `echo begun > ${directory}/begun`);
  const error = await failureOf(runFfmpeg({ tools, args: [], signal: AbortSignal.abort() }));
  t.equal(error.code, 'CANCELLED');
  t.notOk(existsSync(join(directory, 'begun')));
});

t.test('a program that does not listen is killed after a while, which is recorded', async (t) => {
  const tools = scriptedTools(t, "trap '' TERM; while :; do sleep 0.02; done");
  // Far more than a shell takes until it does not listen.
  const error = await failureOf(runFfmpeg({ tools, args: [], timeoutMs: 2_000, forceKillAfterMs: 200 }));
  t.equal(error.code, 'MEDIA_FFMPEG_TIMEOUT');
  t.match(error.details, { timedOut: true, cancelled: false, forceKilled: true, signal: 'SIGKILL' });
});

t.test('what the machine did to a program is no fault of the file', async (t) => {
  const ended = async (script: string) => failureOf(runFfmpeg({ tools: scriptedTools(t, script), args: [] }));
  const killed = await ended('kill -KILL $$');
  t.match(killed, { code: 'MEDIA_INTERRUPTED', retryable: true, isAboutFile: false });
  t.equal(killed.message, 'FFmpeg error: ffmpeg was ended by SIGKILL');
  t.match(killed.details, { signal: 'SIGKILL', forceKilled: false });
  const lacksLibrary = 'echo "ffmpeg: error while loading shared libraries: libavcodec.so.61" >&2; exit 127';
  for (const script of [lacksLibrary, 'exit 126']) {
    t.match(await ended(script), { code: 'MEDIA_FFMPEG_MISSING', retryable: false, isAboutFile: false });
  }
  const absent = { ffmpegPath: '/no/such/ffmpeg', ffprobePath: '/no/such/ffprobe' };
  const error = await failureOf(runFfmpeg({ tools: absent, args: [] }));
  t.match(error, { code: 'MEDIA_FFMPEG_MISSING', message: 'ffmpeg cannot be run', isAboutFile: false });
});

t.test('a program that crashes does so over its file', async (t) => {
  const error = await failureOf(runFfmpeg({ tools: scriptedTools(t, 'kill -SEGV $$'), args: [] }));
  t.match(error, { code: 'MEDIA_FFMPEG_EXIT', message: 'FFmpeg error: ended by SIGSEGV', isAboutFile: true });
});

t.test('megabytes of complaints leave only their end', async (t) => {
  const script = `i=0; while [ $i -lt 40 ]; do head -c 10000 /dev/zero | tr '\\0' 'x' >&2; echo >&2; i=$((i+1)); done
echo the last word >&2; exit 9`;
  const error = await failureOf(runFfmpeg({ tools: scriptedTools(t, script), args: [] }));
  t.equal(error.message, 'FFmpeg error: the last word');
  t.ok(String(error.details.stderrTail).length <= 2_000);
});

t.test('arguments reach the program as they are, and secrets of the environment do not', async (t) => {
  const directory = t.testdir();
  const tools = scriptedTools(t, `env > ${directory}/env; printf '%s\\n' "$@" > ${directory}/args`);
  process.env.DB_PASSWORD = 'open sesame';
  t.teardown(() => delete process.env.DB_PASSWORD);
  const hostile = '$(touch hacked); "quoted" \'single\' *';
  await runFfmpeg({ tools, args: ['-i', hostile], cwd: directory });
  t.ok(readFileSync(join(directory, 'args'), 'utf8').split('\n').includes(hostile));
  t.notMatch(readFileSync(join(directory, 'env'), 'utf8'), /sesame/);
  t.notOk(existsSync(join(directory, 'hacked')));
  t.ok(statSync(join(directory, 'env')).size > 0);
});
