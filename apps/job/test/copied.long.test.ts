import { execFileSync, spawnSync } from 'node:child_process';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseBlueprint, type ResolvedBlueprint, resolveBlueprint } from '@bachata-buddy/blueprint';
import { findMediaTools, prepareClip, probeMedia, runFfmpeg } from '@bachata-buddy/media';
import { withScratchDirectory } from '@bachata-buddy/platform';
import { makeLocalStore } from '@bachata-buddy/storage';
import t from 'tap';
import { assembleVideo } from '../src/assemble.ts';
import { factsOfClips } from '../src/render/copied/make-footage.ts';
import { type Piece, planPieces } from '../src/render/copied/plan-pieces.ts';

/*
 * Sixty documents out of a seed, over everything that a document can say of pictures: each video is compared with what
 * was planned, ten of them picture by picture with what their clips show.
 */

const DOCUMENTS = 60;
const COMPARED = 10;
/** Videos that one ffmpeg reads: to start it takes longer than to read one. */
const READ_AT_ONCE = 12;
const SIZE = { width: 320, height: 180 };
const FRAME_BYTES = (SIZE.width * SIZE.height * 3) / 2;
const CLIP_SEC = 8;
const COUNT_SEC = 0.47;
const LEAST_PSNR_DB = 36;

const tools = await findMediaTools();

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Three clips: two prepared, with keyframes on counts, and one as it was filmed, at 25 pictures a second. */
async function makeClips(directory: string): Promise<void> {
  const sources = [
    ['testsrc2', 'one.mp4', 30],
    ['smptehdbars', 'two.mp4', 30],
    ['testsrc', 'plain.mp4', 25],
  ] as const;
  for (const [source, name, rate] of sources) {
    const film = `${source}=s=${SIZE.width}x${SIZE.height}:r=${rate}:d=${CLIP_SEC},hue=H=t/3`;
    const path = join(directory, `source-${name}`);
    const colours = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
    const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', '-pix_fmt', 'yuv420p'];
    const out = name === 'plain.mp4' ? join(directory, name) : path;
    await runFfmpeg({ tools, args: ['-f', 'lavfi', '-i', film, ...codec, ...colours, out] });
    if (out !== path) continue;
    await prepareClip({
      tools,
      path,
      probe: await probeMedia(tools, path),
      size: SIZE,
      outPath: join(directory, name),
      keyframeTimesSec: Array.from({ length: 17 }, (_, count) => count * COUNT_SEC),
      posterPath: join(directory, `${name}.jpg`),
      sheetPath: join(directory, `${name}.sheet.jpg`),
    });
  }
}

function documentOf(seed: number): ResolvedBlueprint {
  const random = randomNumbers(seed);
  const between = (low: number, high: number): number => low + random() * (high - low);
  const among = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  let startSec = among([0, 0.3]);
  const overlap = among([0, COUNT_SEC]);
  const moves = Array.from({ length: Math.floor(between(3, 9)) }, (_, index) => {
    const duration = between(0.6, 2.4);
    const onCount = random() < 0.6;
    const transition = among(['cut', 'cut', 'crossfade', 'fade_black', 'fade_white']);
    const move = {
      clip_id: `move_${index + 1}`,
      video_path: among(['one.mp4', 'two.mp4', 'one.mp4', 'two.mp4', 'plain.mp4']),
      start_time: startSec - (index > 0 && transition === 'crossfade' ? overlap : 0),
      duration: duration + (index > 0 && transition === 'crossfade' ? overlap : 0),
      transition_type: transition,
      trim_start: onCount ? Math.floor(between(0, 8)) * COUNT_SEC : between(0, 5),
      playback_rate: between(0.8, 1.25),
    };
    startSec += duration;
    return move;
  });
  return resolveBlueprint(
    parseBlueprint({
      task_id: 'seeded',
      audio_path: 'song.wav',
      moves,
      total_duration: startSec + among([0, 0.4]),
      output_config: {
        output_path: 'output/x.mp4',
        add_audio_overlay: false,
        transition_duration: 0.5,
        fade_duration: between(0.1, 0.4),
      },
    }),
  );
}

interface Pictures {
  /** In the order in which they are written. */
  readonly timesTicks: readonly number[];
  readonly decodedCount: number;
}

/**
 * Of each video: the times of all pictures, and how many of them decode; fails where ffmpeg has anything to say. Nobody looks
 * at the pictures: they stay in the one ffmpeg that reads them all.
 */
async function readPictures(paths: readonly string[]): Promise<Pictures[]> {
  const format = ['-f', 'framecrc'];
  const outputs = paths.flatMap((path, index) => {
    const from = ['-map', `${index}:v`];
    const decoded = [...from, '-vf', 'setpts=N', '-fps_mode', 'passthrough', ...format, `${path}.decoded`];
    return [...from, '-c', 'copy', ...format, `${path}.written`, ...decoded];
  });
  const args = ['-v', 'warning', '-copyts', ...paths.flatMap((path) => ['-i', path]), ...outputs];
  const { stderr, status } = spawnSync(tools.ffmpegPath, args, { encoding: 'utf8' });
  if (stderr !== '' || status !== 0) throw new Error(`ffmpeg ended with ${status}: ${stderr}`);
  return Promise.all(
    paths.map(async (path) => {
      const written = await linesOf(`${path}.written`);
      return {
        timesTicks: written.map((line) => Number(line.split(',')[2])),
        decodedCount: (await linesOf(`${path}.decoded`)).length,
      };
    }),
  );
}

/** A line for each picture: stream, time of decoding, time of showing, length, bytes, checksum. */
async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter((line) => /^0,/.test(line));
}

/** All pictures, decoded; fails where ffmpeg has anything to say. */
function picturesOf(path: string): Buffer[] {
  const format = [
    '-vf',
    'setpts=N',
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv420p',
    '-',
  ];
  const { stdout, stderr } = spawnSync(tools.ffmpegPath, ['-v', 'warning', '-i', path, ...format], {
    maxBuffer: 1 << 29,
  });
  if (stderr.length > 0) throw new Error(`${path}: ${stderr}`);
  return Array.from({ length: stdout.length / FRAME_BYTES }, (_, n) =>
    stdout.subarray(n * FRAME_BYTES, (n + 1) * FRAME_BYTES),
  );
}

function startsOf(pieces: readonly Piece[]): number[] {
  return pieces.flatMap(({ startTicks, durationTicks }) => {
    let at = startTicks;
    return [...durationTicks].map((ticks) => {
      at += ticks;
      return at - ticks;
    });
  });
}

/** What each planned picture should look like, and whether to the letter. */
function expectedOf(pieces: readonly Piece[], clips: ReadonlyMap<string, readonly Buffer[]>) {
  return pieces.flatMap((piece) => {
    if (piece.kind === 'copy') {
      const isExact = piece.clipKey !== 'plain.mp4';
      return [...piece.durationTicks].map((_, n) => ({
        isExact,
        picture: clips.get(piece.clipKey)![piece.firstFrame + n]!,
      }));
    }
    const { kind, from, to, shares } = piece.mix;
    return from.frames.map((frame, n) => {
      const first = clips.get(from.clipKey)![frame]!;
      if (kind === 'none') return { isExact: false, picture: first };
      const second = to === undefined ? plainPicture(kind) : clips.get(to.clipKey)![to.frames[n]!]!;
      return { isExact: false, picture: mixed(first, second, shares[n]!) };
    });
  });
}

function plainPicture(kind: string): Buffer {
  const luma = Buffer.alloc(SIZE.width * SIZE.height, kind === 'fade_white' ? 235 : 16);
  return Buffer.concat([luma, Buffer.alloc(FRAME_BYTES - luma.length, 128)]);
}

function mixed(first: Buffer, second: Buffer, share: number): Buffer {
  return Buffer.from(first.map((value, n) => Math.round(value * (1 - share) + second[n]! * share)));
}

function psnrDb(one: Buffer, other: Buffer): number {
  let sum = 0;
  for (let n = 0; n < FRAME_BYTES; n++) sum += (one[n]! - other[n]!) ** 2;
  return 10 * Math.log10((255 * 255 * FRAME_BYTES) / Math.max(sum, 1e-9));
}

/** A clip as its pictures are at 30 a second. */
function housePictures(directory: string, name: string): Buffer[] {
  if (name !== 'plain.mp4') return picturesOf(join(directory, name));
  const path = join(directory, 'at-thirty.mp4');
  const filter = ['-vf', 'settb=1/90000,fps=30:start_time=0:round=near', '-c:v', 'libx264', '-qp', '0'];
  execFileSync(tools.ffmpegPath, ['-v', 'error', '-y', '-i', join(directory, name), ...filter, path]);
  return picturesOf(path);
}

t.test('sixty videos out of a seed are as planned, and show what their clips show', async (t) => {
  const directory = t.testdir();
  await makeClips(directory);
  const names = ['one.mp4', 'two.mp4', 'plain.mp4'];
  const clips = new Map(names.map((name) => [name, housePictures(directory, name)] as const));
  const store = makeLocalStore({ rootDirectory: directory });
  const videos: { seed: number; path: string; starts: readonly number[] }[] = [];
  for (let seed = 1; seed <= DOCUMENTS; seed++) {
    const blueprint = documentOf(seed);
    await withScratchDirectory({ purpose: 'render', parent: t.testdirName }, async (scratch) => {
      const signal = new AbortController().signal;
      const work = { tools, store, blueprint, size: SIZE, directory: scratch, signal };
      const made = await assembleVideo({ ...work, concurrency: 2, onProgress: () => undefined });
      const pieces = planPieces(blueprint, factsOfClips(made.clips));
      const starts = startsOf(pieces);
      const path = join(directory, `video-${seed}.mp4`);
      await rename(made.path, path);
      videos.push({ seed, path, starts });
      for (const move of blueprint.moves) {
        const isCut = move.transition === 'cut' && move.startSec > 0;
        const start = Math.round(move.startSec * 90_000);
        t.ok(!isCut || move.index === 0 || starts.includes(start), `move ${move.index} begins at its time`);
      }
      if (seed > COMPARED) return;
      const pictures = picturesOf(path);
      for (const [n, { isExact, picture }] of expectedOf(pieces, clips).entries()) {
        if (isExact) {
          if (!pictures[n]!.equals(picture)) t.fail(`document ${seed}, picture ${n} is another one`);
        } else {
          const found = psnrDb(pictures[n]!, picture);
          if (found < LEAST_PSNR_DB) t.fail(`document ${seed}, picture ${n}: ${found.toFixed(1)} dB`);
        }
      }
    });
  }
  while (videos.length > 0) {
    const some = videos.splice(0, READ_AT_ONCE);
    const read = await readPictures(some.map(({ path }) => path));
    for (const [index, { seed, starts }] of some.entries()) {
      t.same(read[index]?.timesTicks, starts, `document ${seed}: every picture at its time`);
      t.equal(read[index]?.decodedCount, starts.length, `document ${seed}: all decode`);
    }
  }
});
