import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  findMediaTools,
  gainDecibels,
  type PrepareSoundtrackOptions,
  prepareSoundtrack,
  readMovie,
  toBitsPerSecond,
} from '@bachata-buddy/media';
import t, { type Test } from 'tap';

const RATE_HZ = 44_100;
const tools = await findMediaTools();

/** A wave file of 16-bit stereo whose both sides are what the function says, -1 to 1, of a time in seconds. */
function makeSong(t: Test, durationSec: number, sound: (timeSec: number) => number): string {
  const samples = Buffer.alloc(Math.round(durationSec * RATE_HZ) * 4);
  for (let at = 0; at < samples.length; at += 4) {
    const level = Math.round(32_767 * sound(at / 4 / RATE_HZ));
    samples.writeInt16LE(level, at);
    samples.writeInt16LE(level, at + 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  [16, 0x0002_0001, RATE_HZ, RATE_HZ * 4, 0x0010_0004].forEach((value, index) => {
    header.writeUInt32LE(value, 16 + 4 * index);
  });
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  const path = join(t.testdir(), 'song.wav');
  writeFileSync(path, Buffer.concat([header, samples]));
  return path;
}

type Wish = Partial<Pick<PrepareSoundtrackOptions, 'bitsPerSecond' | 'isNormalised' | 'speed'>>;

async function prepare(songPath: string, wish: Wish = {}) {
  const outPath = `${songPath}.m4a`;
  const options = { tools, songPath, outPath, bitsPerSecond: 128_000, isNormalised: true, ...wish };
  const { gainDb } = await prepareSoundtrack(options);
  const args = ['-v', 'error', '-i', outPath, '-f', 'f32le', '-'];
  const bytes = execFileSync(tools.ffmpegPath, args, { maxBuffer: 1 << 27 });
  const both = new Float32Array(new Uint8Array(bytes).buffer);
  return { gainDb, outPath, samples: both.filter((_, at) => at % 2 === 0) };
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

t.test('a whole song is encoded at the common loudness, measured over all of it', async (t) => {
  // A sine of 997 Hz on both sides measures as many LUFS as its peak has dBFS; what is 20 dB softer is gated out.
  const sound = (timeSec: number): number =>
    (timeSec < 4 ? 0.1 : 0.005) * Math.sin(2 * Math.PI * 997 * timeSec);
  const { gainDb, samples, outPath } = await prepare(makeSong(t, 8, sound));
  t.ok(Math.abs(gainDb - 6) < 0.2, `from -20 to -14 LUFS: ${gainDb} dB`);
  t.ok(Math.abs(samples.length / 48_000 - 8) < 0.03, `whole: ${samples.length} samples`);
  const loud = rms(samples.subarray(48_000, 3 * 48_000));
  t.ok(Math.abs(loud / (0.1 * 10 ** (6 / 20) * Math.SQRT1_2) - 1) < 0.03, `level ${loud}`);
  const [track] = (await readMovie(outPath)).tracks;
  t.match(track, { handler: 'soun', codec: 'mp4a', timescale: 48_000 });
  t.ok(
    track!.samples.durationTicks.subarray(0, -1).every((ticks) => ticks === 1024),
    'AAC-LC',
  );
});

t.test('a path from the working directory names the same song', async (t) => {
  const songPath = makeSong(t, 1, (timeSec) => 0.1 * Math.sin(2 * Math.PI * 997 * timeSec));
  const { gainDb } = await prepare(relative(process.cwd(), songPath));
  t.ok(Math.abs(gainDb - 6) < 0.2, `from -20 to -14 LUFS: ${gainDb} dB`);
});

t.test('what is heard at a time of the song is heard at that time of its soundtrack', async (t) => {
  const click = (timeSec: number): number => (Math.abs(timeSec - 1.5) < 0.0005 ? 0.8 : 0);
  const { gainDb, samples } = await prepare(makeSong(t, 2, click), { isNormalised: false });
  t.equal(gainDb, 0);
  const loudest = samples.reduce(
    (best, sample, at) => (Math.abs(sample) > Math.abs(samples[best]!) ? at : best),
    0,
  );
  t.ok(Math.abs(loudest / 48_000 - 1.5) < 0.001, `the click is at ${loudest / 48_000} s`);
});

t.test('silence stays silent, and a song without a sample is refused', async (t) => {
  const { gainDb } = await prepare(makeSong(t, 1, () => 0));
  t.equal(gainDb, 0);
  await t.rejects(prepare(makeSong(t, 0, () => 0)), { code: 'MEDIA_NO_AUDIO' });
});

t.test('no peak is pushed over the ceiling, and no whisper made a shout', (t) => {
  t.equal(gainDecibels({ integratedLufs: -10, samplePeak: 1 }), -4);
  t.equal(gainDecibels({ integratedLufs: -20, samplePeak: 1 }).toFixed(3), '-1.000');
  t.equal(gainDecibels({ integratedLufs: -50, samplePeak: 0.001 }), 12);
  t.equal(gainDecibels(undefined), 0);
  t.same(['128k', '2M', '64000', '96K'].map(toBitsPerSecond), [128_000, 2_000_000, 64_000, 96_000]);
  t.end();
});

t.test('a slower soundtrack keeps the pitch, and its beats where they belong', async (t) => {
  const beatSec = 0.5;
  // A soft tone of 440 Hz under short loud clicks, as a guitar under a bongo.
  const sound = (timeSec: number): number => {
    const sinceBeat = (timeSec + beatSec / 2) % beatSec;
    const click = 0.9 * Math.exp(-sinceBeat * 800) * Math.sin(2 * Math.PI * 3_000 * sinceBeat);
    return 0.05 * Math.sin(2 * Math.PI * 440 * timeSec) + click;
  };
  const path = makeSong(t, 20, sound);
  for (const speed of [0.75, 0.85]) {
    const { samples } = await prepare(path, { isNormalised: false, speed });
    t.ok(Math.abs(samples.length / 48_000 - 20 / speed) < 0.05, `${samples.length / 48_000} s`);
    for (let beat = 0; beat < 38; beat++) {
      const expectedSec = (beatSec / 2 + beat * beatSec) / speed;
      const from = Math.round((expectedSec - 0.1) * 48_000);
      const around = samples.subarray(from, from + 9_600);
      const offSec = around.findIndex((sample) => Math.abs(sample) > 0.2) / 48_000 - 0.1;
      t.ok(Math.abs(offSec) < 0.02, `beat ${beat} at ${speed}: ${(offSec * 1_000).toFixed(1)} ms off`);
    }
    t.ok(toneAt(samples, 440) > 5 * toneAt(samples, 440 * speed), "the pitch is the song's own");
  }
});

/** How much of a frequency there is, by correlation with it over each tenth of a second. */
function toneAt(samples: Float32Array, frequencyHz: number): number {
  let amount = 0;
  for (let start = 0; start + 4_800 <= samples.length; start += 4_800) {
    let [sine, cosine] = [0, 0];
    for (let n = 0; n < 4_800; n++) {
      const angle = (2 * Math.PI * frequencyHz * n) / 48_000;
      sine += samples[start + n]! * Math.sin(angle);
      cosine += samples[start + n]! * Math.cos(angle);
    }
    amount += Math.hypot(sine, cosine);
  }
  return amount;
}
