import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findMediaTools, readMovie, sampleRun, writeMovie } from '@bachata-buddy/media';
import t, { type Test } from 'tap';
import { openPictureFile } from '../../src/render/copied/picture-file.ts';
import type { Picture } from '../../src/render/picture.ts';
import { repaintPicture } from '../../src/render/practice/repaint-picture.ts';
import { blueprintOf } from '../extras/documents.ts';
import { lumaOf, makeClip, makeSong, render } from '../footage.ts';

const SIZE = { width: 320, height: 180 };
const FRAMES = 60;
const BACKGROUND_LUMA = 90;
const tools = await findMediaTools();

/** A grey film of two runs whose pictures stand differently long, a white block at its left edge. */
async function makeFilm(t: Test): Promise<{ directory: string; picture: Picture }> {
  const directory = t.testdir();
  const look = `geq=lum=${BACKGROUND_LUMA}:cb=128:cr=128,drawbox=x=0:y=80:w=40:h=40:color=white:t=fill`;
  await makeClip(directory, 'film.mp4', { frames: FRAMES, size: '320x180', filters: look });
  const { track, path } = await openPictureFile(join(directory, 'film.mp4'), 0);
  const runs = [
    sampleRun(path, track, 0, new Uint32Array(20).fill(4_500)),
    sampleRun(path, track, 20, new Uint32Array(40).fill(2_250)),
  ];
  return { directory, picture: { sampleEntry: track.sampleEntry, timescale: 90_000, ...SIZE, runs } };
}

/** A quarter of a second a count; four of one move, two of the next, then nobody counts. */
const MOVES = [
  { start_time: 0, duration: 1, counts: 4 },
  { start_time: 1, duration: 0.5, counts: 2 },
  { start_time: 1.5, duration: 0.5 },
];

/** The lit segments of each digit as any clock shows it: top, upper right, lower right, bottom, lower left, upper left, middle. */
const CLOCK = new Map([
  ['0110000', 1],
  ['1101101', 2],
  ['1111001', 3],
  ['0110011', 4],
]);

/** The brightness of a decoded picture at a place of the plate, in its sixteenths and twenty-fourths. */
function readCount(luma: Uint8Array): number | undefined {
  // Of 180 lines: a plate 26 high and 18 wide, 6 from the edges.
  const at = (column: number, row: number): number => {
    const x = 6 + Math.floor(((column + 0.5) * 18) / 16);
    const y = 6 + Math.floor(((row + 0.5) * 26) / 24);
    return luma[y * SIZE.width + x]!;
  };
  const places = [
    [8, 4],
    [12, 8],
    [12, 16],
    [8, 20],
    [4, 16],
    [4, 8],
    [8, 12],
  ] as const;
  const lit = places.map(([column, row]) => (at(column, row) > 180 ? '1' : '0')).join('');
  return CLOCK.get(lit);
}

function decode(path: string): Uint8Array[] {
  const output = ['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'];
  const bytes = execFileSync(tools.ffmpegPath, ['-v', 'error', '-i', path, ...output], {
    maxBuffer: 1 << 28,
  });
  const pixels = SIZE.width * SIZE.height;
  return Array.from({ length: bytes.length / pixels }, (_, n) =>
    bytes.subarray(n * pixels, (n + 1) * pixels),
  );
}

t.test('a mirrored picture has left and right exchanged, its counts, and its own times', async (t) => {
  const { directory, picture } = await makeFilm(t);
  const base = blueprintOf({ totalSec: 2, moves: MOVES });
  const repainted = await repaintPicture(picture, {
    tools,
    directory,
    size: SIZE,
    bitsPerSecond: undefined,
    threadCount: 1,
    blueprint: { ...base, output: { ...base.output, isMirrored: true, showsCounts: true } },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  t.strictSame(
    repainted.runs.map(({ durationTicks }) => durationTicks),
    picture.runs.map(({ durationTicks }) => durationTicks),
  );
  const poster = decode(repainted.posterPath!);
  t.equal(poster.length, 1);
  t.equal(readCount(poster[0]!), 1, "the poster shows the first move's first count");
  const path = join(directory, 'shown.mp4');
  await writeMovie({ path, tracks: [{ ...repainted, handler: 'vide', startTicks: 0 }] });
  const { samples } = (await readMovie(path)).tracks[0]!;
  t.strictSame([samples.count, samples.isSync[0], samples.isSync[20]], [FRAMES, 1, 1]);
  const shown = decode(path);
  t.equal(shown.length, FRAMES);
  let timeSec = 0;
  for (const [n, luma] of shown.entries()) {
    const row = 100 * SIZE.width;
    t.ok(luma[row + 300]! > 200 && luma[row + 20]! < 120, `picture ${n} is mirrored`);
    const count = timeSec < 1 ? 1 + Math.floor(timeSec * 4 + 1e-6) : 1 + Math.floor((timeSec - 1) * 4 + 1e-6);
    t.equal(readCount(luma), timeSec < 1.5 - 1e-6 ? count : undefined, `count at ${timeSec} s`);
    timeSec += (samples.durationTicks[n] ?? 0) / 90_000;
  }
});

t.test('a video that is slowed and mirrored is made whole, with its sound', async (t) => {
  const directory = t.testdir();
  const corner = 'drawbox=x=0:y=0:w=4:h=4:color=white:t=fill';
  await makeClip(directory, 'red.mp4', { frames: 60, filters: corner });
  await makeSong(directory, 'song.wav', 2);
  const output = { constant_frame_rate: false, mirrored: true, show_counts: true, song_speed: 0.75 };
  const moves = [
    { clip: 'red.mp4', startSec: 0, durationSec: 1, rate: 0.75 },
    { clip: 'red.mp4', startSec: 1, durationSec: 1, rate: 0.75, trimStartSec: 1, transition: 'crossfade' },
  ];
  const video = await render(t, directory, { moves, totalSec: 2, output }, { hasSound: true });
  t.ok(Math.abs(video.durationSec - 2) < 0.001);
  t.ok(
    video.frames.every(({ luma, cornerLuma }) => Math.abs(luma - cornerLuma) < 20),
    'what was in the left corner is not there',
  );
  t.ok(Math.abs(video.frames[0]!.luma - lumaOf(0)) < 5);
});
