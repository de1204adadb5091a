import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeAudio, findMediaTools, probeMedia } from '@bachata-buddy/media';
import t from 'tap';
import { makeMedia } from './test-media.ts';

const RATE = 22_050;

function rootMeanSquare(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

t.test('a tone comes out with its length, loudness and pitch', async (t) => {
  const path = await makeMedia(t.testdir(), 'tone.wav', [
    ...['-f', 'lavfi', '-i', 'aevalsrc=0.5*sin(2*PI*441*t):d=3:s=44100', '-ac', '2'],
  ]);
  const samples = await decodeAudio(await findMediaTools(), path, { sampleRateHz: RATE });
  t.ok(Math.abs(samples.length / RATE - 3) < 0.001);
  t.ok(Math.abs(rootMeanSquare(samples) - 0.5 / Math.SQRT2) < 0.005);
  let risingCrossings = 0;
  for (let n = 1; n < samples.length; n++) if (samples[n - 1]! < 0 && samples[n]! >= 0) risingCrossings += 1;
  t.ok(Math.abs(risingCrossings / 3 - 441) < 1);
});

t.test('channels that cancel each other are heard through one of them', async (t) => {
  const directory = t.testdir();
  const tools = await findMediaTools();
  const tone = '0.5*sin(2*PI*441*t)';
  const decode = async (name: string, source: string) =>
    decodeAudio(tools, await makeMedia(directory, name, ['-f', 'lavfi', '-i', source]), {
      sampleRateHz: RATE,
    });
  const mono = await decode('mono.wav', `aevalsrc='${tone}':d=2:s=44100`);
  const channels: ReadonlyArray<readonly [string, string, number]> = [
    ['opposite.wav', `${tone}|-${tone}`, 1],
    ['nearly-opposite.flac', `0.98*${tone}|-${tone}`, 1],
    ['left-louder.wav', `${tone}|-0.7*${tone}`, 1],
    ['opposite.mp3', `${tone}|-${tone}`, 1],
    ['equal.wav', `${tone}|${tone}`, Math.SQRT2],
    ['one-silent.wav', `${tone}|0`, Math.SQRT1_2],
  ];
  for (const [name, source, loudness] of channels) {
    const samples = await decode(name, `aevalsrc='${source}':d=2:s=44100`);
    t.ok(Math.abs(rootMeanSquare(samples) / rootMeanSquare(mono) / loudness - 1) < 0.06, name);
  }
});

t.test('a click is where it was put, whatever the format', async (t) => {
  const directory = t.testdir();
  const click = ['-f', 'lavfi', '-i', "aevalsrc='if(between(t,1,1.002),0.9,0)':d=2:s=44100"];
  for (const name of ['click.wav', 'click.flac', 'click.mp3', 'click.m4a', 'click.ogg']) {
    const codec = name.endsWith('.ogg') ? ['-c:a', 'flac'] : [];
    const path = await makeMedia(directory, name, [...click, ...codec]);
    const samples = await decodeAudio(await findMediaTools(), path, { sampleRateHz: RATE });
    const loudest = samples.reduce(
      (best, sample, n) => (Math.abs(sample) > Math.abs(samples[best]!) ? n : best),
      0,
    );
    t.ok(Math.abs(loudest / RATE - 1.001) < 0.005, `${name}: ${loudest / RATE}`);
  }
});

t.test('sound that begins after the picture keeps its place', async (t) => {
  const path = await makeMedia(t.testdir(), 'late.mp4', [
    ...['-f', 'lavfi', '-i', 'color=red:s=64x64:d=2', '-itsoffset', '0.5', '-f', 'lavfi', '-i', 'sine=d=1'],
    ...['-c:v', 'libx264', '-c:a', 'aac'],
  ]);
  const samples = await decodeAudio(await findMediaTools(), path, { sampleRateHz: RATE });
  const firstLoud = samples.findIndex((sample) => Math.abs(sample) > 0.02);
  t.ok(Math.abs(firstLoud / RATE - 0.5) < 0.03, String(firstLoud / RATE));
});

t.test('numbers that are no sound become silence', async (t) => {
  const path = join(t.testdir(), 'broken.wav');
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + 40_000, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(3, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(32, 34);
  header.write('data', 36);
  header.writeUInt32LE(40_000, 40);
  const values = new Float32Array(10_000).fill(Number.NaN);
  writeFileSync(path, Buffer.concat([header, Buffer.from(values.buffer)]));
  const samples = await decodeAudio(await findMediaTools(), path, { sampleRateHz: RATE });
  t.ok(samples.length > 0 && samples.every(Number.isFinite));
});

t.test('what is too long is refused, whether or not its header admits it', async (t) => {
  const directory = t.testdir();
  const tools = await findMediaTools();
  const path = await makeMedia(directory, 'long.mp3', ['-f', 'lavfi', '-i', 'sine=d=20']);
  const options = { sampleRateHz: 8_000, maxDurationSec: 10 };
  await t.rejects(decodeAudio(tools, path, options), { code: 'MEDIA_TOO_LONG' });
  // A bare AAC stream has no header: its length is guessed from the first frames' bit rate, here far too short.
  const quietThenLoud = "aevalsrc='if(lt(t,1),random(0)-0.5,0)':d=30:s=44100";
  const bare = await makeMedia(directory, 'bare.aac', ['-f', 'lavfi', '-i', quietThenLoud, '-c:a', 'aac']);
  await t.rejects(decodeAudio(tools, bare, options), { code: 'MEDIA_TOO_LONG' });
});

t.test('files without sound, and files that are none, are told apart', async (t) => {
  const directory = t.testdir({ 'song.mp3': 'not a song\n', 'list.mp3': '#EXTM3U\n#EXTINF:1,\na.mp3\n' });
  const tools = await findMediaTools();
  const silent = await makeMedia(directory, 'silent.mp4', [
    ...['-f', 'lavfi', '-i', 'color=red:s=64x64:d=0.2', '-c:v', 'libx264'],
  ]);
  const decode = (name: string): Promise<Float32Array> =>
    decodeAudio(tools, join(directory, name), { sampleRateHz: RATE });
  await t.rejects(decodeAudio(tools, silent, { sampleRateHz: RATE }), { code: 'MEDIA_NO_AUDIO' });
  for (const name of ['song.mp3', 'list.mp3', 'absent.mp3'])
    await t.rejects(decode(name), { code: 'MEDIA_PROBE_FAILED' });
});

t.test('half of a recording is none, and one whose length was guessed too long is whole', async (t) => {
  const directory = t.testdir();
  const tools = await findMediaTools();
  const decode = (path: string) => decodeAudio(tools, path, { sampleRateHz: 8_000 });
  const tone = ['-f', 'lavfi', '-i', 'sine=d=30', '-ac', '2'];
  for (const [name, args] of [
    ['constant.mp3', ['-b:a', '128k']],
    ['variable.mp3', ['-q:a', '4']],
    ['tone.flac', []],
  ] as const) {
    const path = await makeMedia(directory, name, [...tone, ...args]);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length / 3));
    await t.rejects(
      decode(path),
      { code: 'MEDIA_TRUNCATED', message: /only (9|10|11) of its 30 seconds/ },
      name,
    );
  }
  const silenceThenNoise = "aevalsrc='if(lt(t,10),0,random(0)-0.5)':d=30:s=44100";
  const variable = ['-f', 'lavfi', '-i', silenceThenNoise, '-q:a', '4', '-write_xing', '0'];
  const guessed = await makeMedia(directory, 'guessed.mp3', variable);
  t.ok((await probeMedia(tools, guessed)).durationSec > 50, 'its length is guessed');
  t.ok(Math.abs((await decode(guessed)).length / 8_000 - 30) < 0.2);
});

t.test('silence is a result', async (t) => {
  const path = await makeMedia(t.testdir(), 'quiet.wav', ['-f', 'lavfi', '-i', 'anullsrc=d=1:r=44100']);
  const samples = await decodeAudio(await findMediaTools(), path, { sampleRateHz: RATE });
  t.equal(rootMeanSquare(samples), 0);
  t.ok(Math.abs(samples.length - RATE) <= 1);
});

t.test('decoding can be cancelled, and refuses a rate that is none', async (t) => {
  const path = await makeMedia(t.testdir(), 'a.wav', ['-f', 'lavfi', '-i', 'sine=d=1']);
  const tools = await findMediaTools();
  const cancelled = { sampleRateHz: RATE, signal: AbortSignal.abort() };
  await t.rejects(decodeAudio(tools, path, cancelled), { code: 'CANCELLED' });
  for (const sampleRateHz of [0, 1.5, Number.NaN])
    await t.rejects(decodeAudio(tools, path, { sampleRateHz }), RangeError);
});
