import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import {
  guardedInput,
  type MediaPrograms,
  type PictureSize,
  posterPicture,
  sampleRun,
  withoutBitRate,
  writeMovie,
} from '@bachata-buddy/media';
import { elementAt } from '@bachata-buddy/platform';
import { jobError } from '../../errors.ts';
import { FRAME_TICKS, FRAMES_PER_SECOND, TICKS_PER_SECOND, ticksAt } from '../copied/clock.ts';
import { houseEncoding } from '../copied/house-encoding.ts';
import { openPictureFile } from '../copied/picture-file.ts';
import { encode } from '../encode.ts';
import { frameCountOf, type Picture } from '../picture.ts';
import { DIGIT_HEIGHT, DIGIT_WIDTH, digitPicture } from './digit-pictures.ts';
import { countOfPictures } from './shown-counts.ts';

/** Digits are this part of the picture's height, and this part of their own height away from its edges. */
const DIGIT_SHARE = 1 / 7;
const MARGIN_SHARE = 1 / 4;
/** Pictures whose digits are written at a time. */
const DIGITS_AT_ONCE = 512;

export interface RepaintOptions {
  readonly tools: MediaPrograms;
  readonly blueprint: ResolvedBlueprint;
  readonly size: PictureSize;
  readonly bitsPerSecond: number | undefined;
  readonly directory: string;
  readonly threadCount: number;
  readonly signal: AbortSignal;
  /** 0 to 1, never falling. */
  readonly onProgress: (fraction: number) => void;
}

/** Whether a document wants more than what its clips show. */
export function isRepainted({ output }: ResolvedBlueprint): boolean {
  return output.isMirrored || output.showsCounts;
}

/**
 * Mirrors a finished picture and writes the counts into it, as its document asks: every picture is encoded once, by one
 * ffmpeg, and keeps its own time. For that, ffmpeg is given the pictures one behind the other at the house's rate, and
 * what comes out is given the times of what went in. The same run makes a poster: the first picture of the first move.
 *
 * @throws AppError of `runFfmpeg`; `JOB_OUTPUT_INVALID` where pictures are missing
 */
export async function repaintPicture(picture: Picture, options: RepaintOptions): Promise<Picture> {
  const { tools, blueprint, directory, signal, onProgress } = options;
  const frameCount = frameCountOf(picture);
  const input = join(directory, 'before-repainting.mp4');
  const digits = join(directory, 'counts.yuv');
  const path = join(directory, 'repainted.mp4');
  const posterPath = join(directory, 'repainted.jpg');
  const posterFrame = pictureAt(picture, ticksAt(elementAt(blueprint.moves, 0).startSec));
  const poster = posterPicture({ posterFrame, posterPath });
  await writeEvenly(picture, input, signal);
  if (blueprint.output.showsCounts) await writeDigits(countOfPictures(blueprint, picture), digits);
  await encode({
    tools,
    args: [
      ...guardedInput(input),
      ...(blueprint.output.showsCounts ? digitsInput(digits) : []),
      ...['-filter_complex', `${filtersOf(options)};${poster.graph}`],
      ...['-map', '[clip]', '-an', '-frames:v', String(frameCount)],
      ...houseEncoding({ ...options, keyframes: firstFramesOf(picture) }),
      ...['-f', 'mp4', path, ...poster.outputs],
    ],
    expectedDurationSec: frameCount / FRAMES_PER_SECOND,
    onProgress,
    signal,
  });
  await Promise.all([input, digits].map((made) => rm(made, { force: true })));
  return { ...(await withTimesOf(picture, path)), posterPath };
}

/** The first picture that appears at a time or behind it; the last where none does. */
function pictureAt({ runs }: Picture, wantedTicks: number): number {
  let ticks = 0;
  let number = 0;
  for (const { durationTicks } of runs) {
    for (const duration of durationTicks) {
      if (ticks >= wantedTicks) return number;
      ticks += duration;
      number += 1;
    }
  }
  return number - 1;
}

async function writeEvenly(picture: Picture, path: string, signal: AbortSignal): Promise<void> {
  const runs = picture.runs.map((run) => ({
    ...run,
    durationTicks: new Uint32Array(run.durationTicks.length).fill(FRAME_TICKS),
  }));
  const timescale = TICKS_PER_SECOND;
  await writeMovie({
    path,
    signal,
    tracks: [{ ...picture, handler: 'vide', timescale, startTicks: 0, runs }],
  });
}

/** One picture of digits for each picture of the video. */
async function writeDigits(counts: readonly (number | undefined)[], path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let first = 0; first < counts.length; first += DIGITS_AT_ONCE) {
      await file.write(Buffer.concat(counts.slice(first, first + DIGITS_AT_ONCE).map(digitPicture)));
    }
  } finally {
    await file.close();
  }
}

function digitsInput(path: string): string[] {
  const layout = [
    '-f',
    'rawvideo',
    '-pixel_format',
    'yuva420p',
    '-video_size',
    `${DIGIT_WIDTH}x${DIGIT_HEIGHT}`,
  ];
  return [...layout, '-framerate', String(FRAMES_PER_SECOND), '-i', path];
}

/** Their result is called `[pictures]`. */
function filtersOf({ blueprint, size }: RepaintOptions): string {
  const { isMirrored, showsCounts } = blueprint.output;
  const dance = `[0:v]${isMirrored ? 'hflip' : 'null'}`;
  if (!showsCounts) return `${dance}[pictures]`;
  const height = evenly(size.height * DIGIT_SHARE);
  const width = evenly((height * DIGIT_WIDTH) / DIGIT_HEIGHT);
  const margin = evenly(height * MARGIN_SHARE);
  return [
    `${dance}[dance]`,
    `[1:v]scale=${width}:${height}:flags=neighbor[count]`,
    `[dance][count]overlay=x=${margin}:y=${margin}:format=yuv420:eof_action=endall[pictures]`,
  ].join(';');
}

function evenly(pixels: number): number {
  return Math.max(2, 2 * Math.round(pixels / 2));
}

/** Of each run: where a keyframe stood, one stands again. */
function firstFramesOf({ runs }: Picture): number[] {
  let first = 0;
  return runs.map(({ sizes }) => {
    first += sizes.length;
    return first - sizes.length;
  });
}

async function withTimesOf(picture: Picture, path: string): Promise<Picture> {
  const { track, frameCount } = await openPictureFile(path, 0);
  const expectedFrameCount = frameCountOf(picture);
  if (frameCount !== expectedFrameCount) {
    const details = { frameCount, expectedFrameCount };
    throw jobError('JOB_OUTPUT_INVALID', 'FFmpeg error: pictures are missing', { details });
  }
  const firstFrames = firstFramesOf(picture);
  const runs = picture.runs.map(({ durationTicks }, n) =>
    sampleRun(path, track, elementAt(firstFrames, n), durationTicks),
  );
  return { ...picture, sampleEntry: withoutBitRate(track.sampleEntry), runs };
}
