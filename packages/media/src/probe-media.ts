import { AppError } from '@bachata-buddy/platform';
import { endDetails } from './ffmpeg-error.ts';
import { inputGuards, MAX_PICTURE_PIXELS } from './input-guards.ts';
import type { AudioStream, MediaProbe, VideoStream } from './media-probe.ts';
import type { MediaTools } from './media-tools.ts';
import { parseProbe } from './parse-probe.ts';
import { runTool } from './run-tool.ts';

const PROBE_TIMEOUT_MS = 20_000;

/** A document of this length describes hundreds of streams: no file of ours. */
const MAX_DOCUMENT_CHARACTERS = 1_000_000;

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default 20 s. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Reads what a media file holds, without trusting it: only real media containers are opened (see `inputGuards`).
 *
 * @throws AppError `MEDIA_PROBE_FAILED` for whatever is not a readable media file: absent, empty, text, a playlist,
 * broken, with pictures of no size or larger than 8K; `MEDIA_CANCELLED`.
 */
export async function probeMedia(
  tools: MediaTools,
  path: string,
  options: ProbeOptions = {},
): Promise<MediaProbe> {
  const decoder = new TextDecoder();
  let document = '';
  const result = await runTool({
    file: tools.ffprobePath,
    args: probeArguments(path),
    timeoutMs: options.timeoutMs ?? PROBE_TIMEOUT_MS,
    signal: options.signal,
    onStdout: (chunk) => {
      document += decoder.decode(chunk, { stream: true });
      if (document.length > MAX_DOCUMENT_CHARACTERS) throw new Error('The description is too long');
    },
  });
  if (result.cancelled) throw new AppError('The work was cancelled', { code: 'MEDIA_CANCELLED' });
  const probe = result.exitCode === 0 ? parseProbe(document) : undefined;
  if (probe === undefined || (probe.video === null && probe.audio === null) || !isSensible(probe.video)) {
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

function probeArguments(path: string): string[] {
  const output = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams'];
  return [...output, ...inputGuards, '-i', `file:${path}`];
}

function isSensible(video: VideoStream | null): boolean {
  if (video === null) return true;
  return video.width > 0 && video.height > 0 && video.width * video.height <= MAX_PICTURE_PIXELS;
}
