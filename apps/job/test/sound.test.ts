import { execFileSync } from 'node:child_process';
import { findMediaTools } from '@bachata-buddy/media';
import t, { type Test } from 'tap';
import { planPackets } from '../src/render/sound/packet-plan.ts';
import { makePrepared, makeSong, renderOnly, type TestMove } from './footage.ts';

const tools = await findMediaTools();
const RATE = 48_000;
const TONE_HZ = 440;

/** Renders moves of a second each over a song that is a tone, and decodes its left channel. */
async function soundOf(
  t: Test,
  volumes: readonly number[],
  options: { songSec: number; totalSec?: number; amplitude?: string; output?: object },
): Promise<Float32Array> {
  const { songSec, totalSec = volumes.length, amplitude, output } = options;
  const directory = t.testdir();
  await makePrepared(directory, 'red.mp4', { frames: 60, keyframes: [0] });
  await makeSong(directory, 'song.wav', songSec, amplitude);
  const moves = volumes.map(
    (volume, index): TestMove => ({ clip: 'red.mp4', startSec: index, durationSec: 1, volume }),
  );
  const path = await renderOnly(
    t,
    directory,
    {
      moves,
      totalSec,
      output: { constant_frame_rate: false, normalize_audio: false, audio_bitrate: '192k', ...output },
    },
    { hasSound: true },
  );
  const args = ['-v', 'error', '-i', path, '-map', '0:a', '-ac', '1', '-f', 'f32le', '-'];
  const bytes = execFileSync(tools.ffmpegPath, args, { maxBuffer: 1 << 28 });
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

/** Root mean square of 100 ms around a time. */
function loudness(samples: Float32Array, atSec: number): number {
  const window = samples.subarray(Math.round((atSec - 0.05) * RATE), Math.round((atSec + 0.05) * RATE));
  return Math.sqrt(window.reduce((sum, sample) => sum + sample * sample, 0) / window.length);
}

/** The largest part of 25 ms (eleven periods) that is not the tone: where parts of sound do not fit together, it jumps. */
function noise(samples: Float32Array, fromSec: number, toSec: number): number {
  let worst = 0;
  const length = Math.round(RATE / 40);
  for (let start = Math.round(fromSec * RATE); start + length < toSec * RATE; start += length) {
    let [sine, cosine, power] = [0, 0, 0];
    for (let n = 0; n < length; n++) {
      const phase = (2 * Math.PI * TONE_HZ * (start + n)) / RATE;
      const sample = samples[start + n]!;
      sine += sample * Math.sin(phase);
      cosine += sample * Math.cos(phase);
      power += sample * sample;
    }
    const tone = (2 * (sine * sine + cosine * cosine)) / length;
    worst = Math.max(worst, Math.sqrt(Math.max(0, power - tone) / length));
  }
  return worst;
}

t.test('a move that turns the song down is heard where it is, and the joins are not', async (t) => {
  const volumes = [1, 1, 0.25, 1, 1, 1, 0, 1];
  const samples = await soundOf(t, volumes, { songSec: 8 });
  const full = loudness(samples, 0.5);
  t.ok(Math.abs(full - 0.5 / Math.SQRT2) < 0.02, `the song's own loudness is kept: ${full}`);
  for (const [index, volume] of volumes.entries()) {
    const heard = loudness(samples, index + 0.5) / full;
    t.ok(Math.abs(heard - volume) < 0.02, `move ${index} is at ${volume}: ${heard}`);
  }
  // Around a change of volume the codec itself rings; what is spliced lies outside of that.
  for (const [fromSec, toSec] of [
    [0.2, 1.98],
    [3.05, 5.98],
    [7.05, 7.9],
  ] as const) {
    const found = noise(samples, fromSec, toSec);
    t.ok(found < 0.01, `${fromSec} to ${toSec} s: ${found}`);
  }
});

t.test('behind the end of a song there is silence, up to the end of the picture', async (t) => {
  const samples = await soundOf(t, [1, 1, 1], { songSec: 1.5 });
  t.ok(Math.abs(samples.length / RATE - 3) < 0.034, `${samples.length / RATE} s`);
  t.ok(loudness(samples, 1.3) > 0.3);
  t.ok(loudness(samples, 1.7) < 0.001);
  t.ok(loudness(samples, 2.8) < 0.000_1);
});

t.test('a song that is longer than the video is cut on a packet', async (t) => {
  const samples = await soundOf(t, [1], { songSec: 3 });
  t.ok(Math.abs(samples.length / RATE - 1) < 0.034, `${samples.length / RATE} s`);
  t.ok(loudness(samples, 0.93) > 0.3);
});

t.test('a part of a song begins where the document says, to the millisecond, and fades out', async (t) => {
  // The tone falls to a half 2.5 s into the song: 0.787 s into the video.
  const samples = await soundOf(t, [1, 1, 0.5, 1], {
    songSec: 8,
    amplitude: '0.5*(1-0.5*gte(t\\,2.5))',
    output: { song_start: 1.713, song_fade_out: 1 },
  });
  t.ok(Math.abs(samples.length / RATE - 4) < 0.034, `${samples.length / RATE} s`);
  const full = 0.5 / Math.SQRT2;
  const windowSec = 0.1;
  // A window that holds both levels tells by its power where the one ends.
  const power = (loudness(samples, 0.787) / full) ** 2;
  const endSec = 0.787 - windowSec / 2 + ((power - 0.25) / 0.75) * windowSec;
  t.ok(Math.abs(endSec - 0.787) < 0.003, `the step is heard at ${endSec} s`);
  const heard = [0.5, 1.5, 2.5, 3.25, 3.5, 3.75].map((sec) => loudness(samples, sec) / full);
  for (const [index, level] of [1, 0.5, 0.25, 0.375, 0.25, 0.125].entries()) {
    t.ok(Math.abs(heard[index]! - level) < 0.03, `${heard[index]} at ${index}, not ${level}`);
  }
});

t.test('packets follow each other without a hole, whatever is turned down', async (t) => {
  const base = { songPackets: 1_000, startSamples: 1_024 };
  const span = (startSec: number, endSec: number) => ({ startSec, endSec, volume: 0.5 });
  for (const turnedDown of [
    [],
    [span(0, 1)],
    [span(1, 2), span(2.5, 3), span(9, 9.1)],
    [span(0, 100)],
    [span(20, 22)],
    [span(30, 40)],
  ]) {
    for (const durationSec of [0.01, 5, 21.3, 60]) {
      const spans = planPackets({ ...base, durationSec, turnedDown });
      t.equal(spans[0]?.first, 0);
      for (const [index, { first, end }] of spans.entries()) {
        t.ok(end > first);
        if (index > 0) t.equal(first, spans[index - 1]!.end);
      }
      const packets = spans.at(-1)!.end;
      t.ok(Math.abs((packets * 1_024 - 1_024) / RATE - durationSec) < 0.022, `${durationSec} s`);
    }
  }
});

t.test(
  'a song that ends a packet before its picture is not filled up, one that ends earlier is',
  async (t) => {
    for (const durationSec of [10.001, 10.012, 10.02]) {
      const needed = Math.round((durationSec * RATE + 1_024) / 1_024);
      const kindsOf = (songPackets: number) =>
        planPackets({ durationSec, songPackets, startSamples: 1_024, turnedDown: [] }).map(
          ({ kind }) => kind,
        );
      t.same(kindsOf(needed), ['song']);
      t.same(kindsOf(needed - 1), ['song']);
      const shorterSec = durationSec - ((needed - 1) * 1_024 - 1_024) / RATE;
      t.ok(shorterSec < 1 / 30, `${shorterSec} s: less than a picture`);
      t.same(kindsOf(needed - 2), ['song', 'silence']);
    }
  },
);
