import { rm } from 'node:fs/promises';
import { type AppError, hasCode } from '@bachata-buddy/platform';
import { mediaError } from '../errors.ts';
import { frameAtTime, framesToHold } from '../frame-rate.ts';
import { guardedInput } from '../input-guards.ts';
import type { MediaProbe, VideoStream } from '../media-probe.ts';
import type { MediaPrograms } from '../media-tools.ts';
import { requireVideo } from '../probe-media.ts';
import { runFfmpeg } from '../run-ffmpeg.ts';
import { companionPictures } from './companion-pictures.ts';
import { MEZZANINE_FRAME_RATE, mezzanineEncoding } from './format.ts';
import { keyframeFrames } from './keyframe-grid.ts';
import { housePictureFilters } from './picture-filters.ts';
import type { PictureSize } from './picture-size.ts';
import { type SealedMezzanine, sealMezzanine } from './seal-mezzanine.ts';

/** A move lasts seconds; this is a film, or a file that has no end. */
const MAX_CLIP_SEC = 10 * 60;
/** A container may promise this much more or less than its pictures fill: the sound's end, a last picture's length. */
const SLACK_FRAMES = framesToHold(0.5, MEZZANINE_FRAME_RATE);
/** Of its pictures; a camera's first ones may lack what they refer to. */
const MAX_DAMAGED_SHARE = 0.1;
/** ffmpeg's exit code where more of what it decodes fails than it was told to bear: `-max_error_rate` of ffmpeg(1). */
const TOO_MANY_ERRORS = 69;

export interface PrepareClipOptions {
  readonly tools: MediaPrograms;
  /** The source, any film that `probeMedia` reads. */
  readonly path: string;
  readonly probe: MediaProbe;
  /** Of the mezzanine. */
  readonly size: PictureSize;
  /** Times of the clip that will be cut at; the pictures nearest to them become keyframes, and picture 0. */
  readonly keyframeTimesSec: readonly number[];
  /** What the poster shows. Default: the first of `keyframeTimesSec`, or the first picture. */
  readonly posterTimeSec?: number | undefined;
  readonly outPath: string;
  readonly posterPath: string;
  readonly sheetPath: string;
  /** Of the encoder; default: as many as it likes. */
  readonly threadCount?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Brings a clip into the house format, with its poster and thumbnail sheet, in one run of ffmpeg. What is at the three
 * paths is worth nothing where this throws.
 *
 * @throws AppError `MEDIA_NO_VIDEO`; `MEDIA_NO_PICTURES` where none can be decoded; `MEDIA_TRUNCATED` where the pictures
 * end before the file says; `MEDIA_DAMAGED` where many of them cannot; `MEDIA_TOO_LONG`; `MEDIA_HDR_UNSUPPORTED` where this
 * ffmpeg cannot tone map; those of `runFfmpeg`
 */
export async function prepareClip(options: PrepareClipOptions): Promise<SealedMezzanine> {
  const { tools, probe, size, outPath, signal, onProgress } = options;
  const video = requireVideo(probe);
  const expectedSec = video.startSec + video.durationSec;
  if (expectedSec > MAX_CLIP_SEC) throw tooLong();
  const expectedFrames = framesToHold(expectedSec, MEZZANINE_FRAME_RATE);
  if (expectedFrames < 1) throw noPictures();
  const frames = keyframeFrames(options.keyframeTimesSec);
  const encodedPath = `${outPath}.encoded`;
  try {
    const { frameCount } = await runFfmpeg({
      tools,
      args: prepareArguments(options, { video, frames, expectedFrames, encodedPath }),
      expectedDurationSec: expectedSec,
      onProgress,
      signal,
    }).catch(explain);
    assertWhole(frameCount, expectedFrames);
    return await sealMezzanine({ encodedPath, path: outPath, size, keyframeFrames: frames, signal });
  } finally {
    await rm(encodedPath, { force: true });
  }
}

interface ClipPlan {
  readonly video: VideoStream;
  readonly frames: readonly number[];
  readonly expectedFrames: number;
  readonly encodedPath: string;
}

function prepareArguments(options: PrepareClipOptions, plan: ClipPlan): string[] {
  const { path, size, posterPath, sheetPath, threadCount } = options;
  const { video, frames, expectedFrames, encodedPath } = plan;
  const posterFrame = frameAtTime(
    options.posterTimeSec ?? options.keyframeTimesSec[0] ?? 0,
    MEZZANINE_FRAME_RATE,
  );
  const companions = companionPictures({
    size,
    frameCount: expectedFrames,
    posterFrame,
    posterPath,
    sheetPath,
  });
  const graph = `[0:${video.index}]${housePictureFilters(video, size)}[pictures];${companions.graph}`;
  return [
    ...guardedInput(path),
    ...['-filter_complex', graph, '-map', '[clip]', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-max_error_rate', String(MAX_DAMAGED_SHARE)],
    ...mezzanineEncoding({ preset: 'veryfast', size, keyframeFrames: frames }),
    ...(threadCount === undefined ? [] : ['-threads', String(threadCount)]),
    // What goes on far behind the end that it states may have none.
    ...['-frames:v', String(expectedFrames + SLACK_FRAMES + 1)],
    ...['-use_editlist', '0', '-f', 'mp4', `file:${encodedPath}`],
    ...companions.outputs,
  ];
}

function assertWhole(frameCount: number, expectedFrames: number): void {
  if (frameCount === 0) throw noPictures();
  if (frameCount > expectedFrames + SLACK_FRAMES) throw tooLong();
  // Of a file of a few pictures half are missed long before half a second is.
  if (frameCount < expectedFrames - Math.min(SLACK_FRAMES, Math.ceil(expectedFrames / 4))) {
    const { num, den } = MEZZANINE_FRAME_RATE;
    const seconds = (frames: number): string => ((frames * den) / num).toFixed(1);
    const message = `The clip is cut off: of ${seconds(expectedFrames)} s only ${seconds(frameCount)} s have pictures`;
    throw mediaError('MEDIA_TRUNCATED', message, { details: { frameCount, expectedFrames } });
  }
}

function noPictures(): AppError {
  return mediaError('MEDIA_NO_PICTURES', 'The clip has no picture that can be shown');
}

function tooLong(): AppError {
  const message = `The clip is longer than it says, or than ${MAX_CLIP_SEC / 60} minutes`;
  return mediaError('MEDIA_TOO_LONG', message, { details: { maxDurationSec: MAX_CLIP_SEC } });
}

/** What ffmpeg says of a file without pictures or with damaged ones, and of a filter it was built without, in words for people. */
function explain(thrown: unknown): never {
  const isFfmpegs = hasCode(thrown, 'MEDIA_FFMPEG_EXIT');
  const said = isFfmpegs ? String(thrown.details?.stderrTail ?? '') : '';
  if (/No such filter: '(zscale|tonemap)'/.test(said)) {
    const message =
      'The clip is HDR, and this ffmpeg cannot tone map: it was built without zimg (filter zscale)';
    throw mediaError('MEDIA_HDR_UNSUPPORTED', message, { cause: thrown });
  }
  if (/Cannot determine format of input|Nothing was written into output file/.test(said)) throw noPictures();
  if (isFfmpegs && thrown.details?.exitCode === TOO_MANY_ERRORS) {
    const message = `The clip is damaged: more than ${MAX_DAMAGED_SHARE * 100} % of its pictures cannot be decoded`;
    throw mediaError('MEDIA_DAMAGED', message, { cause: thrown });
  }
  throw thrown;
}
