import { createHash } from 'node:crypto';
import { mediaError } from './errors.ts';
import { toFfmpegError } from './ffmpeg-error.ts';
import { guardedInput } from './input-guards.ts';
import { MEMORY_LIMITS } from './media-limits.ts';
import type { MediaProbe, VideoStream } from './media-probe.ts';
import type { MediaPrograms } from './media-tools.ts';
import { runTool } from './run-tool.ts';

/** To read a file once through; nothing is decoded. */
const HASH_TIMEOUT_MS = 5 * 60_000;
/** `0,v,SHA256=…`, a line a stream. */
const STREAM_HASH = /^\d+,[va],SHA256=[0-9a-f]{64}$/;

export interface RecordingToHash {
  readonly path: string;
  /** What `probeMedia` said of the same file. */
  readonly probe: MediaProbe;
  /** Of a song its first sound alone: pictures in it are its cover. Of a film the moving pictures, and the sound if any. */
  readonly of: 'sound' | 'film';
  readonly signal?: AbortSignal | undefined;
}

/**
 * Which recording a file holds, whatever stands around it: SHA-256, hexadecimal, of the packets of its sound (and pictures),
 * and of what says how they are heard and seen. The same recording with other tags, another cover or in another container
 * that keeps its packets is the same; encoded again it is another.
 *
 * @throws AppError `MEDIA_NO_AUDIO` or `MEDIA_NO_PICTURES` where there is no packet, `MEDIA_FFMPEG_EXIT`,
 * `MEDIA_FFMPEG_TIMEOUT`, `CANCELLED`
 * Source: ffmpeg-formats(1), `streamhash`.
 */
export async function hashRecording(tools: MediaPrograms, recording: RecordingToHash): Promise<string> {
  const { path, probe, of, signal } = recording;
  const { audio } = probe;
  const video = of === 'film' ? probe.video : null;
  const maps = [
    ...(video === null ? [] : ['-map', `0:${video.index}`]),
    ...(audio === null ? [] : ['-map', '0:a:0']),
  ];
  const lines = maps.length === 0 ? [] : await hashStreams(tools, { path, maps, signal });
  if (lines.length === 0) {
    if (of === 'sound') throw mediaError('MEDIA_NO_AUDIO', 'The file has no sound');
    throw mediaError('MEDIA_NO_PICTURES', 'The clip has no picture that can be shown');
  }
  const heard = audio === null ? null : [audio.codec, audio.sampleRateHz, audio.channelCount];
  const parts = [lines, heard, video === null ? null : lookOf(video)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A container can turn the same packets, colour them otherwise, or show them more slowly. */
function lookOf(video: VideoStream): unknown[] {
  const { codec, width, height, rotation, colorSpace, colorPrimaries, colorTransfer, colorRange } = video;
  return [
    ...[codec, width, height, rotation ?? 0, video.isInterlaced, Math.round(video.durationSec)],
    ...[colorSpace, colorPrimaries, colorTransfer, colorRange].map((word) => word ?? ''),
  ];
}

interface StreamsToHash {
  readonly path: string;
  readonly maps: readonly string[];
  readonly signal: AbortSignal | undefined;
}

async function hashStreams(tools: MediaPrograms, { path, maps, signal }: StreamsToHash): Promise<string[]> {
  const decoder = new TextDecoder();
  let said = '';
  const result = await runTool({
    file: tools.ffmpegPath,
    args: [
      ...['-nostdin', '-hide_banner', '-loglevel', 'error', ...guardedInput(path), ...maps],
      ...['-c', 'copy', '-f', 'streamhash', '-hash', 'sha256', 'pipe:1'],
    ],
    timeoutMs: HASH_TIMEOUT_MS,
    memoryLimitBytes: MEMORY_LIMITS.soundBytes,
    signal,
    onStdout: (chunk) => {
      said += decoder.decode(chunk, { stream: true });
    },
  });
  const error = toFfmpegError(result, HASH_TIMEOUT_MS);
  if (error !== undefined) throw error;
  return said.split('\n').filter((line) => STREAM_HASH.test(line));
}
