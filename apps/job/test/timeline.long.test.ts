import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import t, { type Test } from 'tap';
import {
  BLUE,
  blueprintOf,
  held,
  lumaOf,
  makeClip,
  makeSong,
  pictureOf,
  pictures,
  render,
  script,
  shareOfBlue,
} from './footage.ts';

/** A folder with a red and a blue clip of 60 frames (2 s) and a song of 2 s. */
async function footage(t: Test): Promise<string> {
  const directory = t.testdir();
  await Promise.all([
    makeClip(directory, 'red.mp4', { frames: 60 }),
    makeClip(directory, 'blue.mp4', { frames: 60, colour: BLUE }),
    makeSong(directory, 'song.wav', 2),
  ]);
  return directory;
}

t.test('cuts fall on the frame nearest to their time, and every picture is the right one', async (t) => {
  const directory = await footage(t);
  const video = await render(t, directory, {
    moves: [
      { clip: 'red.mp4', startSec: 0, durationSec: 0.51, trimStartSec: 0.1 },
      { clip: 'blue.mp4', startSec: 0.51, durationSec: 0.51 },
      { clip: 'red.mp4', startSec: 1.02, durationSec: 0.51, trimStartSec: 1 },
    ],
    totalSec: 1.53,
  });
  // round(0.51 * 30) = 15, round(1.02 * 30) = 31, round(1.53 * 30) = 46.
  t.same(script(video.frames), [...pictures('R', 3, 17), ...pictures('B', 0, 15), ...pictures('R', 30, 44)]);
});

t.test('rounding does not add up over many moves, at a rate of broadcasting', async (t) => {
  const directory = await footage(t);
  const beatSec = 0.14651;
  const moves = Array.from({ length: 40 }, (_, index) => ({
    clip: index % 2 === 0 ? 'red.mp4' : 'blue.mp4',
    startSec: index * beatSec,
    durationSec: beatSec,
  }));
  const totalSec = 40 * beatSec;
  const document = { moves, totalSec, output: { frame_rate: 29.97 } };
  const video = await render(t, directory, document, { hasSound: true });
  const fps = 30_000 / 1_001;
  t.equal(video.frames.length, Math.ceil(totalSec * fps), 'the last frame lasts at least to the end');
  const clips = script(video.frames).map((entry) => entry[0]);
  for (const [index, { startSec }] of moves.entries()) {
    const first = Math.round(startSec * fps);
    t.equal(clips[first], index % 2 === 0 ? 'R' : 'B', `first frame of move ${index}`);
    if (index > 0) t.not(clips[first - 1], clips[first], `last frame before move ${index}`);
  }
});

t.test('a retimed clip is shown at its rate, from the right picture on', async (t) => {
  const directory = await footage(t);
  for (const rate of [0.5, 0.85, 1.18, 2]) {
    const move = { clip: 'red.mp4', startSec: 0, durationSec: 0.8, trimStartSec: 0.2, rate };
    const { frames } = await render(t, directory, { moves: [move], totalSec: 0.8 });
    t.equal(frames.length, 24);
    const furthestOff = Math.max(...frames.map((frame, n) => Math.abs(pictureOf(frame) - (6 + n * rate))));
    t.ok(furthestOff <= Math.max(0.5, rate / 2) + 0.2, `rate ${rate}: ${furthestOff}`);
    t.equal(Math.round(pictureOf(frames[0])), 6, `rate ${rate} begins at the trim`);
  }
});

t.test('a trim that lies between two pictures takes the nearer one', async (t) => {
  const directory = await footage(t);
  for (const [trimStartSec, first] of [
    [0.51, 15],
    [0.524, 16],
    [0.5333333, 16],
    [1.3, 39],
  ] as const) {
    const move = { clip: 'red.mp4', startSec: 0, durationSec: 0.2, trimStartSec };
    const { frames } = await render(t, directory, { moves: [move], totalSec: 0.2 });
    t.same(script(frames), pictures('R', first, first + 5), `trim ${trimStartSec}`);
  }
});

t.test('a clip that is too short waits on its last picture', async (t) => {
  const directory = await footage(t);
  const video = await render(t, directory, {
    moves: [
      { clip: 'red.mp4', startSec: 0, durationSec: 0.5, trimStartSec: 1.8 },
      { clip: 'blue.mp4', startSec: 0.5, durationSec: 0.5, trimStartSec: 1, trimEndSec: 0.8 },
      { clip: 'red.mp4', startSec: 1, durationSec: 0.2, trimStartSec: 30 },
    ],
    totalSec: 1.2,
  });
  t.same(script(video.frames), [
    ...pictures('R', 54, 59),
    ...held('R', 59, 9),
    ...pictures('B', 30, 35),
    ...held('B', 35, 9),
    ...held('R', 59, 6),
  ]);
});

t.test('the ends are filled with the footage around the trimmed part, then with its edge', async (t) => {
  const directory = await footage(t);
  const video = await render(t, directory, {
    moves: [
      { clip: 'red.mp4', startSec: 0.4, durationSec: 0.4, trimStartSec: 0.2, trimEndSec: 1.4 },
      { clip: 'blue.mp4', startSec: 0.8, durationSec: 0.4, trimStartSec: 1.4, trimEndSec: 0.2 },
    ],
    totalSec: 1.6,
  });
  t.same(script(video.frames), [
    ...held('R', 0, 6),
    ...pictures('R', 0, 17),
    ...pictures('B', 42, 59),
    ...held('B', 59, 6),
  ]);
});

t.test(
  'a crossfade is centred on the boundary and mixes both clips evenly, with footage around the trims',
  async (t) => {
    const directory = await footage(t);
    const video = await render(t, directory, {
      moves: [
        { clip: 'red.mp4', startSec: 0, durationSec: 1, trimEndSec: 1 },
        { clip: 'blue.mp4', startSec: 1, durationSec: 1, trimStartSec: 0.5, transition: 'crossfade' },
      ],
      totalSec: 2,
      output: { transition_duration: 0.4 },
    });
    const { frames } = video;
    // 12 frames around frame 30: 24 to 35.
    t.same(script(frames.slice(0, 24)), pictures('R', 0, 23));
    t.same(script(frames.slice(36)), pictures('B', 21, 44));
    for (let n = 24; n < 36; n++) {
      const blue = (n - 23) / 13;
      t.ok(Math.abs(shareOfBlue(frames[n]) - blue) < 0.03, `frame ${n} is ${blue} blue`);
      const luma = (1 - blue) * lumaOf(n) + blue * lumaOf(n - 30 + 15);
      t.ok(Math.abs(frames[n]!.luma - luma) < 3, `frame ${n} shows both clips running`);
    }
  },
);

t.test('without footage around the trims a crossfade holds the edge pictures', async (t) => {
  const directory = await footage(t);
  const { frames } = await render(t, directory, {
    moves: [
      { clip: 'red.mp4', startSec: 0, durationSec: 0.6, trimStartSec: 1.4 },
      { clip: 'blue.mp4', startSec: 0.6, durationSec: 0.6, transition: 'crossfade' },
    ],
    totalSec: 1.2,
    output: { transition_duration: 0.4 },
  });
  t.equal(frames.length, 36);
  for (let n = 18; n < 24; n++) {
    const blue = (n - 11) / 13;
    const luma = (1 - blue) * lumaOf(59) + blue * lumaOf(n - 18);
    t.ok(Math.abs(frames[n]!.luma - luma) < 3, `frame ${n}`);
  }
});

t.test('where moves overlap the crossfade is the overlap', async (t) => {
  const directory = await footage(t);
  const { frames } = await render(t, directory, {
    moves: [
      { clip: 'red.mp4', startSec: 0, durationSec: 1 },
      { clip: 'blue.mp4', startSec: 0.7, durationSec: 0.8, transition: 'crossfade' },
    ],
    totalSec: 1.5,
  });
  t.same(script(frames.slice(0, 21)), pictures('R', 0, 20));
  t.same(script(frames.slice(30)), pictures('B', 9, 23));
  t.ok(Math.abs(shareOfBlue(frames[25]) - 0.5) < 0.06);
});

t.test('fades reach their colour on both sides of the boundary and touch nothing else', async (t) => {
  const directory = await footage(t);
  for (const [transition, luma] of [
    ['fade_black', 16],
    ['fade_white', 235],
  ] as const) {
    const { frames } = await render(t, directory, {
      moves: [
        { clip: 'red.mp4', startSec: 0, durationSec: 1 },
        { clip: 'blue.mp4', startSec: 1, durationSec: 1, transition },
      ],
      totalSec: 2,
      output: { fade_duration: 0.3 },
    });
    t.same(script(frames.slice(0, 21)), pictures('R', 0, 20), transition);
    t.same(script(frames.slice(39)), pictures('B', 9, 29), transition);
    for (const n of [29, 30]) {
      const { luma: found, cb, cr } = frames[n]!;
      t.ok(
        Math.abs(found - luma) <= 2 && Math.abs(cb - 128) <= 2 && Math.abs(cr - 128) <= 2,
        `${transition} ${n}`,
      );
    }
    const half = frames[25]!;
    t.ok(Math.abs(half.luma - (lumaOf(25) * 4 + luma * 5) / 9) < 4, `${transition}: on the way`);
  }
});

t.test('transitions of every kind in a row keep the frame count and every place', async (t) => {
  const directory = await footage(t);
  const kinds = [
    'cut',
    'crossfade',
    'fade_black',
    'crossfade',
    'cut',
    'fade_white',
    'fade_black',
    'crossfade',
  ];
  const moves = Array.from({ length: 24 }, (_, index) => ({
    clip: index % 2 === 0 ? 'red.mp4' : 'blue.mp4',
    startSec: index * 0.7,
    durationSec: 0.7,
    trimStartSec: 0.3,
    transition: kinds[index % kinds.length]!,
  }));
  const document = { moves, totalSec: 16.8, output: { transition_duration: 0.3, fade_duration: 0.2 } };
  for (const concurrency of [1, 8]) {
    const { frames } = await render(t, directory, document, { concurrency });
    t.equal(frames.length, 504);
    for (let index = 0; index < moves.length; index++) {
      // The middle of each move is free of transitions.
      const middle = index * 21 + 10;
      t.equal(
        script([frames[middle]!])[0],
        `${index % 2 === 0 ? 'R' : 'B'}19`,
        `${concurrency}: move ${index}`,
      );
    }
  }
});

t.test('transitions longer than their moves are shortened, and nothing gets longer', async (t) => {
  const directory = await footage(t);
  const moves = ['cut', 'crossfade', 'fade_black', 'crossfade'].map((transition, index) => ({
    clip: index % 2 === 0 ? 'red.mp4' : 'blue.mp4',
    startSec: index * 0.2,
    durationSec: 0.2,
    transition,
  }));
  const output = { transition_duration: 3, fade_duration: 3 };
  const { frames } = await render(t, directory, { moves, totalSec: 0.8, output });
  t.equal(frames.length, 24);
  t.ok(Math.abs(frames[12]!.luma - 16) <= 3, 'the fade still reaches black');
});

t.test('moves shorter than a frame and videos of one frame are rendered', async (t) => {
  const directory = await footage(t);
  const short = Array.from({ length: 30 }, (_, index) => ({
    clip: index % 2 === 0 ? 'red.mp4' : 'blue.mp4',
    startSec: index * 0.011,
    durationSec: 0.011,
    transition: index % 3 === 0 ? 'crossfade' : 'cut',
  }));
  t.equal((await render(t, directory, { moves: short, totalSec: 0.33 })).frames.length, 10);
  const one = [{ clip: 'red.mp4', startSec: 0, durationSec: 0.01 }];
  t.equal((await render(t, directory, { moves: one, totalSec: 0.01 })).frames.length, 1);
});

t.test('sources of other rates, sizes, depths and orientations come out alike', async (t) => {
  const directory = await footage(t);
  const tenBit = ['-pix_fmt', 'yuv420p10le', '-c:v', 'libx264', '-crf', '1', '-profile:v', 'high10'];
  await Promise.all([
    makeClip(directory, 'sixty.mp4', { frames: 60, fps: '60' }),
    makeClip(directory, 'film.mp4', { frames: 48, fps: '24000/1001' }),
    makeClip(directory, 'tall.mp4', { frames: 30, size: '38x98', hasSound: true }),
    makeClip(directory, 'deep.mkv', { frames: 30, encoding: tenBit }),
    makeClip(directory, 'drops.mp4', {
      frames: 40,
      filters: "select='not(eq(mod(n\\,3)\\,1))'",
      encoding: ['-vsync', 'vfr'],
    }),
    makeClip(directory, 'oblong.mp4', { frames: 30, size: '32x36', filters: 'setsar=2/1' }),
  ]);
  const second = async (clip: string) => {
    const { frames } = await render(t, directory, {
      moves: [{ clip, startSec: 0, durationSec: 1 }],
      totalSec: 1,
    });
    t.equal(frames.length, 30, clip);
    return frames;
  };
  const sixty = await second('sixty.mp4');
  t.ok(sixty.every((frame, n) => Math.abs(pictureOf(frame) - 2 * n) < 1.3));
  const film = await second('film.mp4');
  t.ok(film.every((frame, n) => Math.abs(pictureOf(frame) - n * (24_000 / 1_001 / 30)) < 0.9));
  const tall = await second('tall.mp4');
  t.ok(
    tall.every((frame, n) => Math.abs(pictureOf(frame) - n) < 0.7 && frame.cornerLuma <= 20),
    'with bars',
  );
  const deep = await second('deep.mkv');
  t.ok(deep.every((frame, n) => Math.abs(pictureOf(frame) - n) < 0.7));
  const drops = await second('drops.mp4');
  // Pictures 1, 4, 7, ... are missing: the one before stays.
  t.ok(drops.every((frame, n) => Math.abs(pictureOf(frame) - (n % 3 === 1 ? n - 1 : n)) < 0.7));
  const oblong = await second('oblong.mp4');
  t.ok(
    oblong.every((frame) => frame.cornerLuma > 25),
    'pixels twice as wide as high fill the picture',
  );
});

t.test('the result is H.264 and AAC for every player, at the rate that was asked for', async (t) => {
  const directory = await footage(t);
  const move = { clip: 'red.mp4', startSec: 0, durationSec: 1 };
  const output = { frame_rate: 24, video_bitrate: '300k', audio_bitrate: '96k' };
  const { path, durationSec } = await render(
    t,
    directory,
    { moves: [move], totalSec: 1, output },
    { hasSound: true },
  );
  const probe = await probeMedia(await findMediaTools(), path);
  t.match(probe.video, {
    codec: 'h264',
    pixelFormat: 'yuv420p',
    frameRate: { num: 24, den: 1 },
    frameCount: 24,
  });
  t.match(probe.audio, { codec: 'aac', channelCount: 2, sampleRateHz: 48_000 });
  t.equal(durationSec, 1);
  t.equal(blueprintOf({ moves: [move], totalSec: 1, output }).output.frameRate, 24);
});
