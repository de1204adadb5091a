import { join } from 'node:path';
import {
  guardedInput,
  housePictureFilters,
  type MediaPrograms,
  type PictureSize,
  type VideoStream,
} from '@bachata-buddy/media';
import { jobError } from '../../errors.ts';
import { namingFiles } from '../../name-files.ts';
import { encode } from '../encode.ts';
import { type KeptParts, partKey } from '../kept-parts.ts';
import { FRAMES_PER_SECOND } from './clock.ts';
import type { FootageNeed } from './footage-needs.ts';
import { houseEncoding } from './house-encoding.ts';
import { openPictureFile, type PictureFile } from './picture-file.ts';

export interface EncodeFootageOptions {
  readonly tools: MediaPrograms;
  readonly need: FootageNeed;
  readonly clipPath: string;
  /** The clip's picture, as ffprobe describes it. */
  readonly video: VideoStream;
  /** SHA-256 of the clip's file, where parts are kept. */
  readonly clipHash: string | undefined;
  readonly size: PictureSize;
  readonly bitsPerSecond: number | undefined;
  readonly directory: string;
  /** Distinguishes the files in the directory. */
  readonly name: string;
  readonly kept: KeptParts | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

/**
 * Brings what is needed of a clip into the house format, or finds it kept.
 *
 * @throws AppError of `runFfmpeg`; `JOB_OUTPUT_INVALID` where the clip has not the pictures it claims
 */
export async function encodeFootage(options: EncodeFootageOptions): Promise<PictureFile> {
  const { need, clipHash, size, bitsPerSecond, kept, directory, name, onProgress } = options;
  const path = join(directory, `${name}.mp4`);
  const { firstFrame, frameCount, keyframes } = need;
  const filters = footageFilters(options.video, frameCount, size);
  const encoding = houseEncoding({
    keyframes: keyframes.map((frame) => frame - firstFrame),
    size,
    bitsPerSecond,
    threadCount: 1,
  });
  const key = clipHash && partKey({ kind: 'footage', clipHash, firstFrame, filters, encoding });
  if (key !== undefined && (await kept?.take(key, path))) onProgress(1);
  else {
    await namingFiles([need.clipKey], () => encodeInto(options, path, filters, encoding));
    if (key !== undefined) await kept?.keep(key, path);
  }
  const file = await openPictureFile(path, firstFrame);
  if (file.frameCount !== frameCount) {
    throw jobError('JOB_OUTPUT_INVALID', `FFmpeg error: ${need.clipKey} ended before its pictures did`, {
      details: { clip: need.clipKey, frameCount: file.frameCount, expectedFrameCount: frameCount },
    });
  }
  return file;
}

async function encodeInto(
  { tools, need, clipPath, video, signal, onProgress }: EncodeFootageOptions,
  path: string,
  filters: string,
  encoding: readonly string[],
): Promise<void> {
  await encode({
    tools,
    args: [
      // Without accurate seeking the pictures before the wanted time come too, and the filters choose among them.
      ...['-threads', '1', '-noaccurate_seek', '-ss', (need.firstFrame / FRAMES_PER_SECOND).toFixed(6)],
      ...guardedInput(clipPath),
      ...['-filter_threads', '1', '-map', `0:${video.index}`, '-vf', filters, '-an'],
      ...['-frames:v', String(need.frameCount), ...encoding, '-f', 'mp4', path],
    ],
    expectedDurationSec: need.frameCount / FRAMES_PER_SECOND,
    onProgress,
    signal,
  });
}

/** From the first wanted picture on: house pictures, of which an end that is missing is held. */
function footageFilters(video: VideoStream, frameCount: number, size: PictureSize): string {
  return [
    housePictureFilters(video, size),
    `tpad=stop_mode=clone:stop=${frameCount}`,
    `trim=end_frame=${frameCount}`,
  ].join(',');
}
