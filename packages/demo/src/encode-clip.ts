import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError, toError } from '@bachata-buddy/platform';
import { FRAMES_PER_COUNT, FRAMES_PER_SECOND } from './dance/timing.ts';
import { FRAME_HEIGHT, FRAME_WIDTH } from './drawing/camera.ts';

const STDERR_TAIL_CHARACTERS = 4_000;
const TIMEOUT_MS = 5 * 60_000;

/** The upright strip of the picture in which anything moves. */
export interface PictureStrip {
  /** Even, so that it starts on a colour sample. */
  readonly x: number;
  readonly width: number;
}

export interface ClipEncoderOptions {
  readonly ffmpegPath: string;
  /** One frame of the empty stage as raw RGBA. */
  readonly stagePath: string;
  readonly strip: PictureStrip;
  readonly filePath: string;
  readonly signal?: AbortSignal | undefined;
}

/** An ffmpeg that waits for frames. */
export interface ClipEncoder {
  /** Takes the strip's next frame, RGBA; resolves when the next one is welcome. */
  readonly write: (frame: Buffer) => Promise<void>;
  /** Resolves when the file is complete. */
  readonly finish: () => Promise<void>;
  /** Ends ffmpeg at once; the file is then worth nothing. */
  readonly abandon: () => void;
}

/** Only the strip travels through the pipe and is converted; the still stage around it is laid under once. */
function encodeArguments({ stagePath, strip, filePath }: ClipEncoderOptions): string[] {
  const raw = (size: string, path: string) => [
    ...[
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgba',
      '-s',
      size,
      '-framerate',
      String(FRAMES_PER_SECOND),
      '-i',
      path,
    ],
  ];
  const toVideo = 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';
  const filters = [
    `[0:v]${toVideo},loop=loop=-1:size=1:start=0[stage]`,
    `[1:v]${toVideo}[strip]`,
    `[stage][strip]overlay=x=${strip.x}:y=0:shortest=1:format=yuv420[picture]`,
  ];
  return [
    ...['-hide_banner', '-loglevel', 'error', '-y', '-filter_complex_threads', '1', '-threads', '1'],
    ...raw(`${FRAME_WIDTH}x${FRAME_HEIGHT}`, `file:${stagePath}`),
    ...raw(`${strip.width}x${FRAME_HEIGHT}`, 'pipe:0'),
    ...['-filter_complex', filters.join(';'), '-map', '[picture]', '-an'],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'superfast',
      '-profile:v',
      'high',
      '-crf',
      '20',
      '-bf',
      '0',
      '-threads',
      '1',
    ],
    // A keyframe on every count: a cut there copies packets and encodes nothing.
    ...['-g', String(FRAMES_PER_COUNT), '-keyint_min', String(FRAMES_PER_COUNT)],
    ...['-force_key_frames', `expr:not(mod(n,${FRAMES_PER_COUNT}))`, '-sc_threshold', '0'],
    ...['-x264-params', 'mbtree=1:rc-lookahead=10:stitchable=1:open-gop=0'],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-movflags', '+faststart'],
    // The format is named because a temporary file may have any ending.
    ...['-video_track_timescale', '90000', '-f', 'mp4', `file:${filePath}`],
  ];
}

function encodeFailure(details: Record<string, unknown>, cause?: Error): AppError {
  return new AppError('The clip could not be encoded', { code: 'DEMO_ENCODE_FAILED', details, cause });
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
 * Starts an H.264 encoder for one clip. The same frames and the same ffmpeg give the same bytes.
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
    },
    abandon: () => void ffmpeg.kill('SIGKILL'),
  };
}
