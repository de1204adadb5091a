import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { companionPictures, mezzanineEncoding, sealMezzanine } from '@bachata-buddy/media';
import { type AppError, toError } from '@bachata-buddy/platform';
import { FRAMES_PER_COUNT, FRAMES_PER_SECOND } from './dance/timing.ts';
import { CLIP_SIZE, FRAME_HEIGHT, FRAME_WIDTH } from './drawing/camera.ts';
import { demoError } from './errors.ts';

const STDERR_TAIL_CHARACTERS = 4_000;
const TIMEOUT_MS = 5 * 60_000;

/** The upright strip of the picture in which anything moves. */
export interface PictureStrip {
  /** Even, so that it starts on a colour sample. */
  readonly x: number;
  readonly width: number;
}

/** A clip in the house format and the pictures beside it. */
export interface ClipFiles {
  readonly clipPath: string;
  readonly posterPath: string;
  readonly sheetPath: string;
  /** What ffmpeg makes of the clip, before it is a mezzanine; gone afterwards. */
  readonly encodedPath: string;
}

export interface ClipEncoderOptions {
  readonly ffmpegPath: string;
  /** One frame of the empty stage as raw RGBA. */
  readonly stagePath: string;
  readonly strip: PictureStrip;
  /** How many pictures will come. */
  readonly frameCount: number;
  /** What the poster shows. */
  readonly posterFrame: number;
  readonly files: ClipFiles;
  readonly signal?: AbortSignal | undefined;
}

/** An ffmpeg that waits for frames. */
export interface ClipEncoder {
  /** Takes the strip's next frame, RGBA; resolves when the next one is welcome. */
  readonly write: (frame: Buffer) => Promise<void>;
  /** Resolves when the files are complete. */
  readonly finish: () => Promise<void>;
  /** Ends ffmpeg at once; the files are then worth nothing. */
  readonly abandon: () => Promise<void>;
}

/** A keyframe on every count: a cut there copies packets and encodes nothing. */
function countFrames(frameCount: number): number[] {
  return Array.from(
    { length: Math.ceil(frameCount / FRAMES_PER_COUNT) },
    (_, count) => count * FRAMES_PER_COUNT,
  );
}

function rawInput(width: number, path: string): string[] {
  const size = `${width}x${FRAME_HEIGHT}`;
  const rate = String(FRAMES_PER_SECOND);
  return ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', size, '-framerate', rate, '-i', path];
}

/** Only the strip travels through the pipe and is converted; the still stage around it is laid under once. */
function encodeArguments({ stagePath, strip, frameCount, posterFrame, files }: ClipEncoderOptions): string[] {
  const toVideo = 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';
  const { posterPath, sheetPath } = files;
  const companions = companionPictures({ size: CLIP_SIZE, frameCount, posterFrame, posterPath, sheetPath });
  const filters = [
    `[0:v]${toVideo},loop=loop=-1:size=1:start=0[stage]`,
    `[1:v]${toVideo}[strip]`,
    `[stage][strip]overlay=x=${strip.x}:y=0:shortest=1:format=yuv420[pictures]`,
    companions.graph,
  ];
  return [
    ...['-hide_banner', '-loglevel', 'error', '-y', '-filter_complex_threads', '1', '-threads', '1'],
    ...rawInput(FRAME_WIDTH, `file:${stagePath}`),
    ...rawInput(strip.width, 'pipe:0'),
    ...['-filter_complex', filters.join(';'), '-map', '[clip]', '-map_metadata', '-1'],
    ...mezzanineEncoding({ preset: 'superfast', size: CLIP_SIZE, keyframeFrames: countFrames(frameCount) }),
    ...['-threads', '1', '-use_editlist', '0', '-f', 'mp4', `file:${files.encodedPath}`],
    ...companions.outputs,
  ];
}

function encodeFailure(details: Record<string, unknown>, cause?: Error): AppError {
  return demoError('DEMO_ENCODE_FAILED', 'The clip could not be encoded', { details, cause });
}

async function ended(ffmpeg: ChildProcess, lastWords: () => string): Promise<void> {
  let exitCode: number | null;
  let exitSignal: NodeJS.Signals | null;
  try {
    [exitCode, exitSignal] = await once(ffmpeg, 'close');
  } catch (thrown) {
    throw encodeFailure({ stderrTail: lastWords() }, toError(thrown));
  }
  if (exitCode !== 0) throw encodeFailure({ exitCode, signal: exitSignal, stderrTail: lastWords() });
}

/**
 * Starts an encoder for one clip in the house format, its poster and its thumbnail sheet. The same frames and the same ffmpeg give the same bytes.
 *
 * `write` and `finish` throw AppError `DEMO_ENCODE_FAILED` where ffmpeg does not start, fails, is cancelled by
 * `signal`, or takes more than five minutes.
 */
export function openClipEncoder(options: ClipEncoderOptions): ClipEncoder {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  const ffmpeg = spawn(options.ffmpegPath, encodeArguments(options), {
    stdio: ['pipe', 'ignore', 'pipe'],
    signal: options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]),
  });
  let stderrTail = '';
  ffmpeg.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderrTail = (stderrTail + text).slice(-STDERR_TAIL_CHARACTERS);
  });
  // A broken pipe only says that ffmpeg has ended; why, its exit code and last words say.
  ffmpeg.stdin.on('error', () => undefined);
  const end = ended(ffmpeg, () => stderrTail);
  // It may fail before anybody waits for it; `write` and `finish` report it.
  end.catch(() => undefined);
  return {
    async write(frame) {
      if (ffmpeg.stdin.write(frame)) return;
      await Promise.race([once(ffmpeg.stdin, 'drain').catch(() => undefined), end]);
    },
    async finish() {
      ffmpeg.stdin.end();
      await end;
      const { clipPath, encodedPath } = options.files;
      const keyframeFrames = countFrames(options.frameCount);
      await sealMezzanine({ encodedPath, path: clipPath, size: CLIP_SIZE, keyframeFrames });
      await rm(encodedPath);
    },
    async abandon() {
      ffmpeg.kill('SIGKILL');
      await end.catch(() => undefined);
      await rm(options.files.encodedPath, { force: true });
    },
  };
}
