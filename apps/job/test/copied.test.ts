import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import { hashFile } from '@bachata-buddy/platform';
import t, { type Test } from 'tap';
import { openKeptParts } from '../src/render/kept-parts.ts';
import {
  BLUE,
  lumaOf,
  makeClip,
  makePrepared,
  makeSong,
  pictures,
  type RenderedVideo,
  render,
  renderOnly,
  script,
  shareOfBlue,
  type TestDocument,
} from './footage.ts';

const tools = await findMediaTools();
/** A count of 15 pictures. */
const KEYFRAMES = [0, 15, 30, 45];
const COUNT_SEC = 0.5;

/** A red and a blue clip of 60 pictures in the house format, a keyframe every half second. */
async function footage(t: Test): Promise<string> {
  const directory = t.testdir();
  await Promise.all([
    makePrepared(directory, 'red.mp4', { frames: 60, keyframes: KEYFRAMES }),
    makePrepared(directory, 'blue.mp4', { frames: 60, keyframes: KEYFRAMES, colour: BLUE }),
  ]);
  return directory;
}

interface Shown {
  readonly video: RenderedVideo;
  /** Of every picture: when it appears. */
  readonly timesSec: readonly number[];
  /** Of every picture: what it is coded as. */
  readonly hashes: readonly string[];
}

async function show(t: Test, directory: string, document: TestDocument): Promise<Shown> {
  const video = await render(t, directory, {
    ...document,
    output: { constant_frame_rate: false, ...document.output },
  });
  const packets = packetsOf(video.path);
  return {
    video,
    timesSec: packets.map(({ pts }) => pts / 90_000),
    hashes: packets.map(({ data_hash }) => data_hash),
  };
}

function packetsOf(path: string): { pts: number; data_hash: string }[] {
  const entries = ['-show_data_hash', 'md5', '-show_entries', 'packet=pts,data_hash'];
  const args = ['-v', 'warning', '-select_streams', 'v', ...entries, '-of', 'json', path];
  const answer = execFileSync(tools.ffprobePath, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return JSON.parse(answer).packets;
}

t.test('pictures of prepared clips are copied, each at its own time', async (t) => {
  const directory = await footage(t);
  const starts = [0, 0.6173, 1.1111, 1.7654];
  const rates = [0.81, 1.0121, 1.2, 0.9];
  const totalSec = 2.3217;
  const moves = starts.map((startSec, index) => ({
    clip: index % 2 === 0 ? 'red.mp4' : 'blue.mp4',
    startSec,
    durationSec: (starts[index + 1] ?? totalSec) - startSec,
    // Half a picture off a keyframe counts as on it.
    trimStartSec: [0, 0.5 + 0.0166, 1 - 0.0166, 0.5][index]!,
    rate: rates[index]!,
  }));
  const { video, timesSec, hashes } = await show(t, directory, { moves, totalSec });
  const counts = [15, 15, 24, 15];
  t.same(script(video.frames), [
    ...pictures('R', 0, counts[0]! - 1),
    ...pictures('B', 15, 15 + counts[1]! - 1),
    ...pictures('R', 30, 30 + counts[2]! - 1),
    ...pictures('B', 15, 15 + counts[3]! - 1),
  ]);
  let first = 0;
  for (const [index, startSec] of starts.entries()) {
    for (let n = 0; n < counts[index]!; n++) {
      const expected = startSec + n / 30 / rates[index]!;
      t.ok(Math.abs(timesSec[first + n]! - expected) < 0.000_02, `picture ${n} of move ${index}`);
    }
    first += counts[index]!;
  }
  const originals = new Set(
    ['red.mp4', 'blue.mp4'].flatMap((name) => packetsOf(join(directory, name)).map((p) => p.data_hash)),
  );
  t.ok(
    hashes.every((hash) => originals.has(hash)),
    'nothing was encoded',
  );
  t.ok(Math.abs(video.durationSec - totalSec) < 0.000_02);
});

t.test('a crossfade over a count is all that is encoded of clips on their counts', async (t) => {
  const directory = await footage(t);
  const { video, timesSec, hashes } = await show(t, directory, {
    moves: [
      { clip: 'red.mp4', startSec: 0, durationSec: 1 + COUNT_SEC },
      { clip: 'blue.mp4', startSec: 1, durationSec: 1, trimStartSec: 0.5, transition: 'crossfade' },
    ],
    totalSec: 2,
  });
  const { frames } = video;
  t.same(script(frames.slice(0, 30)), pictures('R', 0, 29));
  t.same(script(frames.slice(45)), pictures('B', 30, 44));
  for (let n = 0; n < 15; n++) {
    const blue = (n + 1) / 16;
    t.ok(Math.abs(shareOfBlue(frames[30 + n]) - blue) < 0.04, `picture ${n} is ${blue} blue`);
    const luma = (1 - blue) * lumaOf(30 + n) + blue * lumaOf(15 + n);
    t.ok(Math.abs(frames[30 + n]!.luma - luma) < 3, `picture ${n} shows both clips running`);
  }
  t.same(
    timesSec.map((sec) => Math.round(sec * 30)),
    Array.from({ length: 60 }, (_, n) => n),
  );
  const originals = [...packetsOf(join(directory, 'red.mp4')), ...packetsOf(join(directory, 'blue.mp4'))];
  const copied = hashes.filter((hash) => originals.some(({ data_hash }) => data_hash === hash));
  t.equal(copied.length, 45);
});

t.test('in a crossfade of clips at different rates each runs at its own', async (t) => {
  const directory = await footage(t);
  const { video } = await show(t, directory, {
    moves: [
      { clip: 'red.mp4', startSec: 0, durationSec: 1.5, rate: 1.2 },
      {
        clip: 'blue.mp4',
        startSec: 1,
        durationSec: 1,
        rate: 0.8,
        trimStartSec: 0.5,
        transition: 'crossfade',
      },
    ],
    totalSec: 2,
  });
  const mixed = video.frames
    .slice(36, 51)
    .filter((frame) => shareOfBlue(frame) > 0 && shareOfBlue(frame) < 1);
  t.equal(mixed.length, 15);
  for (const [n, frame] of mixed.entries()) {
    const blue = (n + 1) / 16;
    const luma = (1 - blue) * lumaOf(36 + n * 1.2) + blue * lumaOf(15 + n * 0.8);
    t.ok(Math.abs(frame.luma - luma) < 5, `picture ${n}: ${frame.luma}, not ${luma}`);
  }
  t.same(script(video.frames.slice(-12)), pictures('B', 27, 38));
});

t.test('a start off a keyframe is encoded up to the next one', async (t) => {
  const directory = await footage(t);
  const { video, hashes } = await show(t, directory, {
    moves: [
      { clip: 'red.mp4', startSec: 0.2, durationSec: 0.8, trimStartSec: 0.5 },
      { clip: 'blue.mp4', startSec: 1, durationSec: 0.3, trimStartSec: 0.6 },
    ],
    totalSec: 1.3,
  });
  t.same(script(video.frames), [...pictures('R', 9, 38), ...pictures('B', 18, 26)]);
  const originals = [...packetsOf(join(directory, 'red.mp4')), ...packetsOf(join(directory, 'blue.mp4'))];
  const isCopy = (n: number): boolean => originals.some(({ data_hash }) => data_hash === hashes[n]);
  t.notOk(isCopy(0), 'what leads to a keyframe is encoded');
  t.ok(
    Array.from({ length: 24 }, (_, n) => isCopy(6 + n)).every(Boolean),
    'from the keyframe on, all is copied',
  );
  t.notOk(isCopy(30), 'a run that meets no keyframe is encoded');
});

t.test('a clip that is too short waits on its last picture', async (t) => {
  const directory = await footage(t);
  const { video, timesSec } = await show(t, directory, {
    moves: [
      { clip: 'red.mp4', startSec: 0.1, durationSec: 1, trimStartSec: 1.5 },
      { clip: 'blue.mp4', startSec: 1.1, durationSec: 0.9, trimStartSec: 1, trimEndSec: 0.8 },
      { clip: 'red.mp4', startSec: 2, durationSec: 0.5, trimStartSec: 30 },
    ],
    totalSec: 2.5,
  });
  t.same(script(video.frames), [...pictures('R', 42, 59), ...pictures('B', 30, 35), 'R59']);
  t.same(
    [17, 18, 23, 24].map((n) => Math.round(timesSec[n]! * 1_000)),
    [567, 1_100, 1_267, 2_000],
  );
  t.equal(video.durationSec, 2.5);
});

t.test('fades reach their colour on both sides of the boundary and touch nothing else', async (t) => {
  const directory = await footage(t);
  for (const [transition, luma] of [
    ['fade_black', 16],
    ['fade_white', 235],
  ] as const) {
    const { video } = await show(t, directory, {
      moves: [
        { clip: 'red.mp4', startSec: 0, durationSec: 1 },
        { clip: 'blue.mp4', startSec: 1, durationSec: 1, transition },
      ],
      totalSec: 2,
      output: { fade_duration: 0.3 },
    });
    const { frames } = video;
    t.same(script(frames.slice(0, 21)), pictures('R', 0, 20), transition);
    t.same(script(frames.slice(39)), pictures('B', 9, 29), transition);
    for (const n of [29, 30]) t.ok(Math.abs(frames[n]!.luma - luma) <= 2, `${transition} ${n}`);
    t.ok(Math.abs(frames[25]!.luma - (lumaOf(25) * 4 + luma * 5) / 9) < 4, `${transition}: on the way`);
  }
});

t.test('clips that are not prepared are shown at their own times too', async (t) => {
  const directory = await footage(t);
  await makeClip(directory, 'plain.mp4', { frames: 50, fps: '25' });
  const { video, timesSec } = await show(t, directory, {
    moves: [
      { clip: 'plain.mp4', startSec: 0, durationSec: 1.0123, trimStartSec: 0.2, rate: 0.9 },
      { clip: 'blue.mp4', startSec: 1.0123, durationSec: 0.5, trimStartSec: 0.5 },
      { clip: 'plain.mp4', startSec: 1.5123, durationSec: 0.4, trimStartSec: 0.6, transition: 'crossfade' },
    ],
    totalSec: 1.9123,
    output: { transition_duration: 0.2 },
  });
  const plain = video.frames.slice(0, 27);
  t.same(
    plain.map((frame) => Math.round((frame.luma - lumaOf(0)) / 3)),
    plain.map((_, n) => Math.round(((n + 6) * 25) / 30 - 1e-9)),
  );
  t.ok(Math.abs(timesSec[27]! - 1.0123) < 0.000_02);
  t.equal(script([video.frames[27]!])[0], 'B15');
});

t.test('moves shorter than a picture and videos of one picture are rendered', async (t) => {
  const directory = await footage(t);
  const short = Array.from({ length: 30 }, (_, index) => ({
    clip: index % 2 === 0 ? 'red.mp4' : 'blue.mp4',
    startSec: index * 0.011,
    durationSec: 0.011,
    transition: index % 3 === 0 ? 'crossfade' : 'cut',
  }));
  const { video } = await show(t, directory, { moves: short, totalSec: 0.33 });
  t.ok(Math.abs(video.durationSec - 0.33) < 0.000_02);
  const one = [{ clip: 'red.mp4', startSec: 0, durationSec: 0.01 }];
  t.equal((await show(t, directory, { moves: one, totalSec: 0.01 })).video.frames.length, 1);
});

t.test('two thousand moves are one copy', async (t) => {
  const directory = await footage(t);
  const count = 2_000;
  const beatSec = 0.457_31;
  const moves = Array.from({ length: count }, (_, index) => ({
    clip: index % 2 === 0 ? 'red.mp4' : 'blue.mp4',
    startSec: index * beatSec,
    durationSec: beatSec,
    trimStartSec: (index % 4) * COUNT_SEC,
    rate: COUNT_SEC / beatSec,
  }));
  const path = await renderOnly(t, directory, {
    moves,
    totalSec: count * beatSec,
    output: { constant_frame_rate: false },
  });
  const packets = packetsOf(path);
  t.equal(packets.length, count * 15);
  const furthestOffSec = Math.max(
    ...moves.map(({ startSec }, index) => Math.abs(packets[index * 15]!.pts / 90_000 - startSec)),
  );
  t.ok(furthestOffSec < 0.000_02, `no error adds up: ${furthestOffSec} s`);
});

t.test('a video of cuts to a song that is known starts one process', async (t) => {
  const directory = await footage(t);
  await makeSong(directory, 'song.wav', 2);
  const log = join(directory, 'starts.txt');
  const counted = async (program: string): Promise<string> => {
    const path = join(directory, basename(program));
    await writeFile(path, `#!/bin/sh\necho "$*" >> '${log}'\nexec '${program}' "$@"\n`, { mode: 0o755 });
    return path;
  };
  const ffmpegPath = await counted(tools.ffmpegPath);
  const ffprobePath = await counted(tools.ffprobePath);
  const kept = openKeptParts({ directory: join(directory, 'kept'), maxBytes: 1e9 });
  const document = {
    moves: [
      { clip: 'red.mp4', startSec: 0, durationSec: 1, rate: 0.9 },
      { clip: 'blue.mp4', startSec: 1, durationSec: 1, trimStartSec: 0.5, rate: 1.1 },
    ],
    totalSec: 2,
    output: { constant_frame_rate: false },
  };
  const make = () =>
    renderOnly(t, directory, document, {
      hasSound: true,
      kept,
      tools: { ...tools, ffmpegPath, ffprobePath },
    });
  await make();
  await rm(log);
  await make();
  const starts = (await readFile(log, 'utf8')).trim().split('\n');
  t.equal(starts.length, 1, `what decodes around a join, and the job itself: ${starts.join('\n')}`);
});

t.test('of a revised dance only the joins that changed are mixed again', async (t) => {
  const directory = await footage(t);
  const folder = join(directory, 'kept');
  const kept = openKeptParts({ directory: folder, maxBytes: 1e9 });
  const dance = (third: { clip: string; trimStartSec: number }): TestDocument => ({
    moves: [
      { clip: 'red.mp4', trimStartSec: 0 },
      { clip: 'blue.mp4', trimStartSec: 0.5 },
      third,
      { clip: 'blue.mp4', trimStartSec: 0 },
      { clip: 'red.mp4', trimStartSec: 0.5 },
    ].map((move, index) => ({
      ...move,
      startSec: index * 2 * COUNT_SEC,
      durationSec: (index < 4 ? 3 : 2) * COUNT_SEC,
      transition: 'crossfade',
    })),
    totalSec: 10 * COUNT_SEC,
    output: { constant_frame_rate: false },
  });
  await renderOnly(t, directory, dance({ clip: 'red.mp4', trimStartSec: 0 }), { kept });
  const before = await readdir(folder);
  t.equal(before.length, 4, 'every join is kept');
  await renderOnly(t, directory, dance({ clip: 'red.mp4', trimStartSec: 0.5 }), { kept });
  const added = (await readdir(folder)).filter((name) => !before.includes(name));
  t.equal(added.length, 2, 'into the move that changed, and out of it');
});

t.test('a join that comes twice in a dance is mixed once', async (t) => {
  const directory = await footage(t);
  const folder = join(directory, 'kept');
  const kept = openKeptParts({ directory: folder, maxBytes: 1e9 });
  const moves = ['red.mp4', 'blue.mp4', 'red.mp4', 'blue.mp4'].map((clip, index) => ({
    clip,
    startSec: index * 2 * COUNT_SEC,
    durationSec: (index < 3 ? 3 : 2) * COUNT_SEC,
    transition: 'crossfade',
  }));
  const document = { moves, totalSec: 8 * COUNT_SEC, output: { constant_frame_rate: false } };
  const hashes = packetsOf(await renderOnly(t, directory, document, { kept })).map(
    (packet) => packet.data_hash,
  );
  t.equal((await readdir(folder)).length, 2, 'from red to blue, and back');
  const joins = [30, 60, 90].map((first) => hashes.slice(first, first + 15));
  t.same(joins[0], joins[2]);
  t.strictNotSame(joins[0], joins[1]);
});

t.test(
  'clips of another encoder are encoded here, again and again, and what is kept stays whole',
  async (t) => {
    const directory = t.testdir();
    // No arithmetic coding: other picture parameter sets than ours.
    const encoding = ['-coder', '0'];
    await Promise.all([
      makePrepared(directory, 'red.mp4', { frames: 60, keyframes: KEYFRAMES, encoding }),
      makeClip(directory, 'blue.mp4', { frames: 60, colour: BLUE }),
    ]);
    const folder = join(directory, 'kept');
    const document = {
      moves: [
        { clip: 'red.mp4', startSec: 0, durationSec: 1 + COUNT_SEC },
        { clip: 'blue.mp4', startSec: 1, durationSec: 1, trimStartSec: 0.5, transition: 'crossfade' },
      ],
      totalSec: 2,
      output: { constant_frame_rate: false },
    };
    for (const time of ['first', 'second']) {
      const kept = openKeptParts({ directory: folder, maxBytes: 1e9 });
      const { frames } = await render(t, directory, document, { kept });
      t.same(script(frames.slice(0, 30)), pictures('R', 0, 29), time);
      t.same(script(frames.slice(45)), pictures('B', 30, 44), time);
      for (const name of await readdir(folder)) {
        t.equal(await hashFile(join(folder, name)), name.split('.')[1], `${time}: content of ${name}`);
      }
    }
  },
);
