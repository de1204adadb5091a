import { AppError } from '@bachata-buddy/platform';
import { toFfmpegError } from './ffmpeg-error.ts';
import { guardedInput } from './input-guards.ts';
import { MEMORY_LIMITS } from './media-limits.ts';
import type { MediaPrograms } from './media-tools.ts';
import { probeMedia, requireAudio } from './probe-media.ts';
import { runTool } from './run-tool.ts';
import { makeSampleBuffer } from './sample-buffer.ts';

const DEFAULT_MAX_DURATION_SEC = 30 * 60;
const DECODE_TIMEOUT_MS = 5 * 60_000;

export interface DecodeAudioOptions {
  /** 8,000 to 192,000. */
  readonly sampleRateHz: number;
  readonly signal?: AbortSignal | undefined;
  /** Default 30 minutes. A longer file is refused, not cut. */
  readonly maxDurationSec?: number | undefined;
}

/**
 * Decodes the first sound of a file to mono.
 *
 * Sample n is heard n / sampleRateHz seconds after the file's start: where the sound begins later than the
 * picture, zeros fill the gap. The measured length is `samples.length / sampleRateHz`.
 * Memory: 4 bytes a sample, at most twice that while decoding.
 *
 * @returns Float32Array [n], about -1 to 1 (lossy formats overshoot a little), always finite.
 * @throws AppError `MEDIA_PROBE_FAILED`, `MEDIA_NO_AUDIO` (no sound, or one without a single sample),
 * `MEDIA_TOO_LONG`, `MEDIA_FFMPEG_EXIT`, `MEDIA_FFMPEG_TIMEOUT`, `MEDIA_CANCELLED`.
 */
export async function decodeAudio(
  tools: MediaPrograms,
  path: string,
  options: DecodeAudioOptions,
): Promise<Float32Array> {
  const { sampleRateHz, signal } = options;
  if (!(Number.isInteger(sampleRateHz) && sampleRateHz >= 8_000 && sampleRateHz <= 192_000)) {
    throw new RangeError(`sampleRateHz must be a whole number from 8000 to 192000, not ${sampleRateHz}`);
  }
  const maxDurationSec = options.maxDurationSec ?? DEFAULT_MAX_DURATION_SEC;
  const audio = requireAudio(await probeMedia(tools, path, { signal }));
  if (audio.durationSec > maxDurationSec) throw tooLong(maxDurationSec);
  const maxSamples = Math.ceil(maxDurationSec * sampleRateHz);
  const buffer = makeSampleBuffer(Math.min(maxSamples, Math.ceil((audio.durationSec + 1) * sampleRateHz)));
  const result = await runTool({
    file: tools.ffmpegPath,
    args: decodeArguments(path, sampleRateHz),
    timeoutMs: DECODE_TIMEOUT_MS,
    memoryLimitBytes: MEMORY_LIMITS.soundBytes,
    signal,
    onStdout: (chunk) => {
      // The length a header states may be a lie; what comes out is what counts.
      if (buffer.sampleCount() > maxSamples) throw tooLong(maxDurationSec);
      buffer.append(chunk);
    },
  });
  if (result.failure instanceof AppError) throw result.failure;
  const error = toFfmpegError(result, DECODE_TIMEOUT_MS);
  if (error !== undefined) throw error;
  const samples = buffer.samples();
  if (samples.length === 0) throw new AppError('The file has no sound', { code: 'MEDIA_NO_AUDIO' });
  return samples;
}

function decodeArguments(path: string, sampleRateHz: number): string[] {
  const resample = `aresample=${sampleRateHz}:async=1:first_pts=0`;
  const output = [
    '-map',
    '0:a:0',
    '-af',
    resample,
    '-ac',
    '1',
    '-ar',
    String(sampleRateHz),
    '-f',
    'f32le',
    'pipe:1',
  ];
  return ['-nostdin', '-hide_banner', '-loglevel', 'error', ...guardedInput(path), ...output];
}

function tooLong(maxDurationSec: number): AppError {
  const message = `The recording is longer than ${Math.round(maxDurationSec / 60)} minutes`;
  return new AppError(message, { code: 'MEDIA_TOO_LONG', details: { maxDurationSec } });
}
