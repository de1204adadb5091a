import { toFfmpegError } from '../ffmpeg-error.ts';
import { guardedInput } from '../input-guards.ts';
import { MEMORY_LIMITS } from '../media-limits.ts';
import type { MediaProbe } from '../media-probe.ts';
import type { MediaPrograms } from '../media-tools.ts';
import { requireVideo } from '../probe-media.ts';
import { runTool } from '../run-tool.ts';
import { MEZZANINE_FRAME_RATE } from './format.ts';
import { housePictureFilters } from './picture-filters.ts';
import type { PictureSize } from './picture-size.ts';

const TIMEOUT_MS = 5 * 60_000;
const BYTES_PER_PIXEL = 3;
/** As screens show them: red, green and blue of a whole byte each. */
const TO_RGB = 'scale=in_range=limited:out_range=full:in_color_matrix=bt709,format=rgb24';

export interface ReadPicturesOptions {
  readonly probe: MediaProbe;
  /** Of each picture. */
  readonly size: PictureSize;
  /** Which pictures of the house format's 30 a second, from 0. */
  readonly frames: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Single pictures of a film as they would look in the house format: red, green and blue of every pixel, a byte each, row
 * by row, by the number of the picture. Those behind the film's end are missing.
 *
 * Memory: 3 bytes a pixel of every picture that is asked for.
 *
 * @throws AppError `MEDIA_NO_VIDEO`; `MEDIA_FFMPEG_EXIT`, `MEDIA_FFMPEG_TIMEOUT`, `CANCELLED`
 */
export async function readPictures(
  tools: MediaPrograms,
  path: string,
  { probe, size, frames, signal }: ReadPicturesOptions,
): Promise<ReadonlyMap<number, Uint8Array>> {
  const wanted = [...new Set(frames)].sort((a, b) => a - b);
  if (wanted.length === 0) return new Map();
  const pictureBytes = size.width * size.height * BYTES_PER_PIXEL;
  const bytes = new Uint8Array(wanted.length * pictureBytes);
  let length = 0;
  const { num, den } = MEZZANINE_FRAME_RATE;
  const video = requireVideo(probe);
  const filters = [
    housePictureFilters(video, size),
    `select='${wanted.map((frame) => `eq(n,${frame})`).join('+')}'`,
    // One after the other: no picture is left out or shown twice for the time between them.
    `setpts=N*${den}/${num}/TB`,
    TO_RGB,
  ];
  const result = await runTool({
    file: tools.ffmpegPath,
    args: [
      ...['-nostdin', '-hide_banner', '-loglevel', 'error', ...guardedInput(path)],
      ...['-filter_complex', `[0:${video.index}]${filters.join(',')}[pictures]`, '-map', '[pictures]'],
      ...['-frames:v', String(wanted.length), '-f', 'rawvideo', 'pipe:1'],
    ],
    timeoutMs: TIMEOUT_MS,
    memoryLimitBytes: MEMORY_LIMITS.pictureBytes,
    signal,
    onStdout: (chunk) => {
      bytes.set(chunk, length);
      length += chunk.length;
    },
  });
  const error = toFfmpegError(result, TIMEOUT_MS);
  if (error !== undefined) throw error;
  const pictures = new Map<number, Uint8Array>();
  for (const [index, frame] of wanted.entries()) {
    const end = (index + 1) * pictureBytes;
    if (end <= length) pictures.set(frame, bytes.subarray(end - pictureBytes, end));
  }
  return pictures;
}
