import { AppError, hasCode } from '@bachata-buddy/platform';
import { mediaError, unreadable } from './errors.ts';
import { toFfmpegError } from './ffmpeg-error.ts';
import { guardedInput } from './input-guards.ts';
import { MEMORY_LIMITS } from './media-limits.ts';
import type { MediaPrograms } from './media-tools.ts';
import { probeMedia, requireAudio } from './probe-media.ts';
import { requireWholeSound } from './require-whole-sound.ts';
import { runTool } from './run-tool.ts';
import { makeSoundMixer, type SampleSink } from './sound-mixer.ts';

const DEFAULT_MAX_DURATION_SEC = 30 * 60;
const DECODE_TIMEOUT_MS = 5 * 60_000;

export interface DecodeAudioOptions {
  /** 8,000 to 192,000. */
  readonly sampleRateHz: number;
  readonly signal?: AbortSignal | undefined;
  /** Default 30 minutes. A longer recording is refused, not cut; what a header says of its length does not count. */
  readonly maxDurationSec?: number | undefined;
}

/** Collects decoded samples in whatever form it likes. */
export interface SampleCollector<Collected> extends SampleSink {
  readonly collected: () => Collected;
}

/**
 * Decodes the first sound of a file to mono: the mix of its channels or, where they cancel each other (recorded or mixed
 * out of phase), the louder of the two.
 *
 * Sample n is heard n / sampleRateHz seconds after the file's start: where the sound begins later than the
 * picture, zeros fill the gap. The measured length is `samples.length / sampleRateHz`.
 * Memory: 4 bytes a sample; twice that where the file is longer than it says.
 *
 * @returns Float32Array [n], about -1 to 1 (lossy formats overshoot a little), always finite. It may be a view of a larger
 * buffer, which is the caller's alone.
 * @throws AppError `MEDIA_PROBE_FAILED`, `MEDIA_NO_AUDIO` (no sound, or one without a single sample), `MEDIA_TRUNCATED`,
 * `MEDIA_TOO_LONG`, `MEDIA_FFMPEG_TIMEOUT`, `CANCELLED`.
 */
export function decodeAudio(
  tools: MediaPrograms,
  path: string,
  options: DecodeAudioOptions,
): Promise<Float32Array> {
  return decodeAudioInto(tools, path, options, collectFloats);
}

/**
 * The same into a form of the caller's choice.
 *
 * @param makeCollector Asked for one with the number of samples that the file promises, which may be wrong; asked again
 *   where the channels turn out to cancel each other.
 */
export async function decodeAudioInto<Collected>(
  tools: MediaPrograms,
  path: string,
  options: DecodeAudioOptions,
  makeCollector: (expectedSamples: number) => SampleCollector<Collected>,
): Promise<Collected> {
  const { sampleRateHz, signal } = options;
  if (!(Number.isInteger(sampleRateHz) && sampleRateHz >= 8_000 && sampleRateHz <= 192_000)) {
    throw new RangeError(`sampleRateHz must be a whole number from 8000 to 192000, not ${sampleRateHz}`);
  }
  const maxDurationSec = options.maxDurationSec ?? DEFAULT_MAX_DURATION_SEC;
  const probe = await probeMedia(tools, path, { signal });
  const audio = requireAudio(probe);
  const file = { path, sampleRateHz, maxDurationSec, signal };
  const maxSamples = Math.ceil(maxDurationSec * sampleRateHz);
  const expectedSamples = Math.min(maxSamples, Math.ceil((audio.durationSec + 1) * sampleRateHz));
  const decode = async (channels: Decoding['channels']) => {
    const collector = makeCollector(expectedSamples);
    const { channelInstead, sampleCount } = await decodeChannels(tools, { ...file, channels }, collector);
    requireWholeSound(probe, sampleCount / sampleRateHz);
    return { channelInstead, collected: collector.collected() };
  };
  const { channelInstead, collected } = await decode(audio.channelCount === 1 ? 'one' : 'both');
  return channelInstead === null ? collected : (await decode(channelInstead)).collected;
}

function collectFloats(expectedSamples: number): SampleCollector<Float32Array> {
  let samples = new Float32Array(Math.max(1024, expectedSamples));
  let length = 0;
  return {
    append: (more) => {
      if (length + more.length > samples.length) {
        const larger = new Float32Array(Math.max(samples.length * 2, length + more.length));
        larger.set(samples.subarray(0, length));
        samples = larger;
      }
      samples.set(more, length);
      length += more.length;
    },
    collected: () => samples.subarray(0, length),
  };
}

interface Decoding {
  readonly path: string;
  readonly sampleRateHz: number;
  readonly channels: 'one' | 'both' | 'left' | 'right';
  readonly maxDurationSec: number;
  readonly signal: AbortSignal | undefined;
}

interface Decoded {
  readonly sampleCount: number;
  /** The channel to listen to instead, where the two cancel each other. */
  readonly channelInstead: 'left' | 'right' | null;
}

async function decodeChannels(tools: MediaPrograms, decoding: Decoding, sink: SampleSink): Promise<Decoded> {
  const { sampleRateHz, channels, maxDurationSec, signal } = decoding;
  const maxSamples = Math.ceil(maxDurationSec * sampleRateHz);
  const mixer = makeSoundMixer(channels === 'both' ? 2 : 1, sink);
  const result = await runTool({
    file: tools.ffmpegPath,
    args: decodeArguments(decoding),
    timeoutMs: DECODE_TIMEOUT_MS,
    memoryLimitBytes: MEMORY_LIMITS.soundBytes,
    signal,
    onStdout: (chunk) => {
      // The length a header states may be a lie; what comes out is what counts.
      if (mixer.sampleCount() > maxSamples) throw tooLong(maxDurationSec);
      mixer.append(chunk);
    },
  });
  if (result.failure instanceof AppError) throw result.failure;
  const error = toFfmpegError(result, DECODE_TIMEOUT_MS);
  const sampleCount = mixer.sampleCount();
  // What ffmpeg says of its inner works, where a file is not what its name says, tells nobody anything.
  if (hasCode(error, 'MEDIA_FFMPEG_EXIT')) throw unreadable('its sound cannot be decoded', error);
  if (error !== undefined) throw error;
  if (sampleCount === 0) throw mediaError('MEDIA_NO_AUDIO', 'The file has no sound');
  return { sampleCount, channelInstead: mixer.channelInstead() };
}

function decodeArguments({ path, sampleRateHz, channels }: Decoding): string[] {
  // Channels are told apart while there are no more than two: a picked one is picked from the mix to stereo.
  const pick = { one: [], both: [], left: ['pan=mono|c0=c0'], right: ['pan=mono|c0=c1'] }[channels];
  const stereo = pick.length > 0 ? ['aformat=channel_layouts=stereo', ...pick] : [];
  const filters = [...stereo, `aresample=${sampleRateHz}:async=1:first_pts=0`];
  const channelCount = channels === 'both' ? '2' : '1';
  const output = [
    '-map',
    '0:a:0',
    '-af',
    filters.join(','),
    '-ac',
    channelCount,
    '-ar',
    String(sampleRateHz),
  ];
  const args = ['-nostdin', '-hide_banner', '-loglevel', 'error', ...guardedInput(path), ...output];
  // What is decoded is handed over as the pipe takes it, not packet by packet: a third of the reads.
  return [...args, '-flush_packets', '0', '-f', 'f32le', 'pipe:1'];
}

function tooLong(maxDurationSec: number): AppError {
  const message = `The recording is longer than ${Math.round(maxDurationSec / 60)} minutes`;
  return mediaError('MEDIA_TOO_LONG', message, { details: { maxDurationSec } });
}
