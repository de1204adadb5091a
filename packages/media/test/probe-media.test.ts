import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  findMediaTools,
  probeMedia,
  requireAudio,
  requirePictures,
  requireVideo,
} from '@bachata-buddy/media';
import { programArguments } from '@bachata-buddy/platform/testkit';
import { execa } from 'execa';
import t from 'tap';
import { parseProbe } from '../src/parse-probe.ts';
import { writeProgram } from './fixture-programs.ts';
import { makeMedia } from './test-media.ts';

const H264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];

t.test('a video file is described exactly', async (t) => {
  const path = await makeMedia(t.testdir(), 'a.mp4', [
    ...['-f', 'lavfi', '-i', 'testsrc=d=2:s=320x180:r=30000/1001', '-f', 'lavfi', '-i', 'sine=d=2:r=44100'],
    ...['-metadata', 'title=Amor: "sí"', ...H264, '-c:a', 'aac', '-ac', '2'],
  ]);
  const probe = await probeMedia(await findMediaTools(), path);
  t.match(probe, { container: /mp4/, tags: { title: 'Amor: "sí"' } });
  t.ok(Math.abs(probe.durationSec - 2) < 0.05);
  t.match(probe.video, {
    codec: 'h264',
    width: 320,
    height: 180,
    frameRate: { num: 30_000, den: 1_001 },
    pixelFormat: 'yuv420p',
    frameCount: 60,
    startSec: 0,
    rotation: undefined,
  });
  t.match(probe.audio, { codec: 'aac', sampleRateHz: 44_100, channelCount: 2 });
});

t.test('rotation is told in degrees clockwise, from side data and from the old tag', async (t) => {
  const document = (stream: object): string =>
    JSON.stringify({ format: { format_name: 'mov' }, streams: [{ codec_type: 'video', ...stream }] });
  const sideData = { side_data_list: [{ side_data_type: 'Display Matrix', rotation: -90 }] };
  t.equal(parseProbe(document(sideData))?.video?.rotation, 90);
  t.equal(parseProbe(document({ side_data_list: [{ rotation: 180 }] }))?.video?.rotation, 180);
  t.equal(parseProbe(document({ tags: { rotate: '270' } }))?.video?.rotation, 270);
  t.equal(parseProbe(document({}))?.video?.rotation, undefined);
});

t.test('the cover picture of a song is not a video', async (t) => {
  const directory = t.testdir();
  const cover = await makeMedia(directory, 'cover.png', [
    '-f',
    'lavfi',
    '-i',
    'color=red:s=64x64',
    '-frames:v',
    '1',
  ]);
  const song = await makeMedia(directory, 'song.mp3', [
    ...['-f', 'lavfi', '-i', 'sine=d=1', '-i', cover, '-map', '0', '-map', '1'],
    ...['-c:v', 'copy', '-disposition:v', 'attached_pic'],
  ]);
  const probe = await probeMedia(await findMediaTools(), song);
  t.equal(probe.video, null);
  t.equal(probe.audio?.codec, 'mp3');
  t.throws(() => requireVideo(probe), { code: 'MEDIA_NO_VIDEO' });
  t.equal(requireAudio(probe), probe.audio);
});

t.test('silent footage has no audio stream', async (t) => {
  const path = await makeMedia(t.testdir(), 'a.mp4', [
    '-f',
    'lavfi',
    '-i',
    'color=red:s=64x64:d=0.2',
    ...H264,
  ]);
  const probe = await probeMedia(await findMediaTools(), path);
  t.equal(probe.audio, null);
  t.throws(() => requireAudio(probe), { code: 'MEDIA_NO_AUDIO' });
});

t.test('a file whose name looks like a protocol is only a file', async (t) => {
  const made = await makeMedia(t.testdir(), 'concat:a|b%03d.wav', ['-f', 'lavfi', '-i', 'sine=d=0.5']).catch(
    () => null,
  );
  const path = made ?? (await makeMedia(t.testdir(), 'a.wav', ['-f', 'lavfi', '-i', 'sine=d=0.5']));
  t.match(await probeMedia(await findMediaTools(), path), { container: 'wav' });
});

t.test('what is not a media file is refused without being followed', async (t) => {
  const directory = t.testdir({ real: {} });
  const real = await makeMedia(directory, 'real/a.mp4', [
    '-f',
    'lavfi',
    '-i',
    'testsrc=d=1:s=64x64',
    ...H264,
  ]);
  const transport = await makeMedia(directory, 'real/a.ts', ['-i', real, '-c', 'copy']);
  const files: Record<string, string | Buffer> = {
    'script.mp4': `ffconcat version 1.0\nfile real/a.mp4\n`,
    'playlist.mp4': `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\nfile://${transport}\n#EXT-X-ENDLIST\n`,
    'http.mp4': '#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n',
    'subtitle.mp4': '1\n00:00:00,000 --> 00:00:01,000\nHola\n',
    'text.mp4': 'This is not a video.\n',
    'empty.mp4': '',
    'truncated.mp4': Buffer.from('000000186674797069736f6d', 'hex'),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  const tools = await findMediaTools();
  for (const name of [...Object.keys(files), 'absent.mp4', 'real']) {
    const probing = probeMedia(tools, join(directory, name));
    await t.rejects(
      probing,
      { code: 'MEDIA_PROBE_FAILED', message: 'This is not a readable media file' },
      name,
    );
  }
  t.equal((await probeMedia(tools, join(dirname(real), 'a.mp4'))).video?.codec, 'h264');
});

t.test('a picture larger than 8K is refused', async (t) => {
  const huge = { codec_type: 'video', width: 60_000, height: 60_000 };
  const document = JSON.stringify({ format: { format_name: 'mov' }, streams: [huge] });
  t.equal(parseProbe(document)?.video?.width, 60_000, 'the parser itself does not judge');
  const path = await makeMedia(t.testdir(), 'wide.mkv', [
    ...[
      '-f',
      'lavfi',
      '-i',
      'color=red:s=16384x2176:r=1',
      '-frames:v',
      '1',
      '-pix_fmt',
      'monob',
      '-c:v',
      'png',
    ],
  ]);
  await t.rejects(probeMedia(await findMediaTools(), path), { code: 'MEDIA_PROBE_FAILED' });
});

t.test('a probe can be cancelled', async (t) => {
  const probing = probeMedia(await findMediaTools(), '/dev/zero', { signal: AbortSignal.abort() });
  await t.rejects(probing, { code: 'CANCELLED' });
});

t.test('of a good film a bad machine says nothing, and of a bad one ffprobe does', async (t) => {
  const film = ['-f', 'lavfi', '-i', 'color=red:s=64x64:d=0.2', ...H264];
  const directory = t.testdir();
  const path = await makeMedia(directory, 'a.mp4', film);
  const probe = await probeMedia(await findMediaTools(), path);
  const looks = async (script: string, timeoutMs?: number): Promise<unknown[]> => {
    const ffprobePath = writeProgram(directory, 'ffprobe', script);
    const tools = { ffmpegPath: ffprobePath, ffprobePath };
    const answers = [
      probeMedia(tools, path, { timeoutMs }),
      requirePictures(tools, path, probe, { timeoutMs }),
    ];
    return (await Promise.allSettled(answers)).map((answer) => 'reason' in answer && answer.reason);
  };
  const interrupted = { code: 'MEDIA_INTERRUPTED', retryable: true, isAboutFile: false };
  t.match(await looks('kill -KILL $$'), [interrupted, interrupted], 'killed');
  t.match(await looks('exec sleep 600', 200), [interrupted, interrupted], 'no time');
  const missing = { code: 'MEDIA_FFPROBE_MISSING', retryable: false, isAboutFile: false };
  t.match(await looks('exit 127'), [missing, missing], 'a library is missing');
  t.match(await looks('exit 126'), [missing, missing], 'may not be executed');
  const ofFile = [
    { code: 'MEDIA_PROBE_FAILED', isAboutFile: true },
    { code: 'MEDIA_NO_PICTURES', isAboutFile: true },
  ];
  t.match(await looks('echo Cannot allocate memory >&2; exit 1'), ofFile, 'it was refused memory');
  t.match(await looks('kill -SEGV $$'), ofFile, 'it crashed');
  t.match(await looks('kill -XCPU $$'), ofFile, 'it used up its processor time');
  t.match(await looks('exec yes'), ofFile, 'it says too much');
});

t.test('nor does one whose process may open no more files', async (t) => {
  const program = programArguments('packages/media/test/programs/probe-with-all-files-open.ts');
  const args = [process.execPath, ...program, (await findMediaTools()).ffprobePath];
  const { stdout } = await execa('sh', ['-c', 'ulimit -n 64; exec "$@"', 'sh', ...args]);
  t.equal(stdout, 'MEDIA_INTERRUPTED');
});

t.test('text that is no description of a file gives nothing', async (t) => {
  for (const text of ['', 'null', '[]', '{}', '{"format":{}}', 'not json'])
    t.equal(parseProbe(text), undefined, text);
});
