import { cancelled } from '@bachata-buddy/platform';
import pLimit from 'p-limit';
import { mediaError } from './errors.ts';
import { inputGuardsFor, MAX_PICTURE_PIXELS } from './input-guards.ts';
import { inspectFile } from './inspect-file.ts';
import { MEDIA_LIMITS } from './media-limits.ts';
import type { AudioStream, MediaProbe, VideoStream } from './media-probe.ts';
import type { MediaPrograms } from './media-tools.ts';
import { parseProbe } from './parse-probe.ts';
import { type ProbeOptions, runFfprobe } from './run-ffprobe.ts';

/** Few at a time in one process: whoever sends many files waits, and takes no more memory than these. */
export const probing = pLimit(4);

/**
 * Reads what a media file holds, without trusting it: looked at before any tool opens it (see `inspectFile`), opened as
 * what it begins as and nothing else, from no other file and no network, with an end to time and memory.
 *
 * @throws AppError `MEDIA_PROBE_FAILED` for whatever is not a readable media file: absent, empty, text, a playlist,
 * broken, with an index that claims more than there is, with pictures of no size or larger than 8K, of too many
 * streams or too long; `MEDIA_TRUNCATED` for an mp4 file that ends too early; `CANCELLED`; those of `runFfprobe`, where
 * nothing can be said of the file.
 */
export async function probeMedia(
  tools: MediaPrograms,
  path: string,
  options: ProbeOptions = {},
): Promise<MediaProbe> {
  if (options.signal?.aborted) throw cancelled('The work was cancelled');
  return probing(async () => describeFile(tools, { path, formats: await inspectFile(path) }, options));
}

async function describeFile(
  tools: MediaPrograms,
  { path, formats }: { path: string; formats: readonly string[] },
  options: ProbeOptions,
): Promise<MediaProbe> {
  const { document, details } = await runFfprobe(tools, probeArguments(path, formats), options);
  const probe = document === undefined ? undefined : parseProbe(document);
  if (probe === undefined || !isSensible(probe)) {
    throw mediaError('MEDIA_PROBE_FAILED', 'This is not a readable media file', {
      details: { ...details, video: probe?.video },
    });
  }
  return probe;
}

/** @throws AppError `MEDIA_NO_VIDEO` where the file has no moving picture. */
export function requireVideo(probe: MediaProbe): VideoStream {
  if (probe.video !== null) return probe.video;
  throw mediaError('MEDIA_NO_VIDEO', 'The file has no moving picture');
}

/** @throws AppError `MEDIA_NO_AUDIO` where the file has no sound. */
export function requireAudio(probe: MediaProbe): AudioStream {
  if (probe.audio !== null) return probe.audio;
  throw mediaError('MEDIA_NO_AUDIO', 'The file has no sound');
}

function probeArguments(path: string, formats: readonly string[]): string[] {
  return ['-show_format', '-show_streams', ...inputGuardsFor(formats), '-i', `file:${path}`];
}

/** Formats without an index: their length is a guess, from the size and the rate of a first packet. */
const GUESSED_LENGTHS = new Set(['mp3', 'aac']);

function isSensible({ container, video, audio, streamCount, durationSec }: MediaProbe): boolean {
  if (video === null && audio === null) return false;
  if (streamCount > MEDIA_LIMITS.streams) return false;
  const lengths = [durationSec, video?.durationSec ?? 0, audio?.durationSec ?? 0];
  const isTooLong = lengths.some((sec) => sec > MEDIA_LIMITS.durationSec);
  if (isTooLong && !GUESSED_LENGTHS.has(container)) return false;
  return video === null || isSensiblePicture(video);
}

function isSensiblePicture({ frameCount, durationSec, width, height }: VideoStream): boolean {
  if (frameCount !== undefined) {
    if (frameCount > MEDIA_LIMITS.frames) return false;
    if (durationSec > frameCount * MEDIA_LIMITS.secondsPerFrame) return false;
  }
  return width > 0 && height > 0 && width * height <= MAX_PICTURE_PIXELS;
}
