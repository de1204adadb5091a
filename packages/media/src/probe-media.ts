import { AppError } from '@bachata-buddy/platform';
import { endDetails } from './ffmpeg-error.ts';
import { inputGuardsFor, MAX_PICTURE_PIXELS } from './input-guards.ts';
import { inspectFile } from './inspect-file.ts';
import { MEDIA_LIMITS, MEMORY_LIMITS } from './media-limits.ts';
import type { AudioStream, MediaProbe, VideoStream } from './media-probe.ts';
import type { MediaPrograms } from './media-tools.ts';
import { parseProbe } from './parse-probe.ts';
import { runTool } from './run-tool.ts';
import { makeSemaphore } from './semaphore.ts';

const PROBE_TIMEOUT_MS = 10_000;

/** A document of this length describes hundreds of streams: no file of ours. */
const MAX_DOCUMENT_CHARACTERS = 1_000_000;

/** Few at a time in one process: whoever sends many files waits, and takes no more memory than these. */
const probing = makeSemaphore(4);

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default 10 s. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Reads what a media file holds, without trusting it: looked at before any tool opens it (see `inspectFile`), opened as
 * what it begins as and nothing else, from no other file and no network, with an end to time and memory.
 *
 * @throws AppError `MEDIA_PROBE_FAILED` for whatever is not a readable media file: absent, empty, text, a playlist,
 * broken, with an index that claims more than there is, with pictures of no size or larger than 8K, of too many streams; `MEDIA_TRUNCATED` for an mp4 file that ends too early; `MEDIA_CANCELLED`.
 */
export async function probeMedia(
  tools: MediaPrograms,
  path: string,
  options: ProbeOptions = {},
): Promise<MediaProbe> {
  if (options.signal?.aborted) throw new AppError('The work was cancelled', { code: 'MEDIA_CANCELLED' });
  const formats = await inspectFile(path);
  return probing(() => describeFile(tools, { path, formats }, options));
}

async function describeFile(
  tools: MediaPrograms,
  { path, formats }: { path: string; formats: readonly string[] },
  options: ProbeOptions,
): Promise<MediaProbe> {
  const decoder = new TextDecoder();
  let document = '';
  const result = await runTool({
    file: tools.ffprobePath,
    args: probeArguments(path, formats),
    memoryLimitBytes: MEMORY_LIMITS.probeBytes,
    timeoutMs: options.timeoutMs ?? PROBE_TIMEOUT_MS,
    signal: options.signal,
    onStdout: (chunk) => {
      document += decoder.decode(chunk, { stream: true });
      if (document.length > MAX_DOCUMENT_CHARACTERS) throw new Error('The description is too long');
    },
  });
  if (result.cancelled) throw new AppError('The work was cancelled', { code: 'MEDIA_CANCELLED' });
  const probe = result.exitCode === 0 ? parseProbe(document) : undefined;
  if (probe === undefined || !isSensible(probe)) {
    const details = { ...endDetails(result), video: probe?.video };
    throw new AppError('This is not a readable media file', { code: 'MEDIA_PROBE_FAILED', details });
  }
  return probe;
}

/** @throws AppError `MEDIA_NO_VIDEO` where the file has no moving picture. */
export function requireVideo(probe: MediaProbe): VideoStream {
  if (probe.video !== null) return probe.video;
  throw new AppError('The file has no moving picture', { code: 'MEDIA_NO_VIDEO' });
}

/** @throws AppError `MEDIA_NO_AUDIO` where the file has no sound. */
export function requireAudio(probe: MediaProbe): AudioStream {
  if (probe.audio !== null) return probe.audio;
  throw new AppError('The file has no sound', { code: 'MEDIA_NO_AUDIO' });
}

function probeArguments(path: string, formats: readonly string[]): string[] {
  const output = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams'];
  return [...output, ...inputGuardsFor(formats), '-i', `file:${path}`];
}

function isSensible({ video, audio, streamCount }: MediaProbe): boolean {
  if (video === null && audio === null) return false;
  if (streamCount > MEDIA_LIMITS.streams) return false;
  if (video === null) return true;
  if ((video.frameCount ?? 0) > MEDIA_LIMITS.frames) return false;
  return video.width > 0 && video.height > 0 && video.width * video.height <= MAX_PICTURE_PIXELS;
}
