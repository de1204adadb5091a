import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AppError, toError } from '@bachata-buddy/platform';
import { demoError } from '../errors.ts';
import { SONG_SAMPLE_RATE_HZ } from './forms.ts';
import type { StereoSound } from './mix.ts';

const STDERR_TAIL_CHARACTERS = 4_000;
const TIMEOUT_MS = 2 * 60_000;

export interface EncodeSongOptions {
  readonly ffmpegPath: string;
  readonly filePath: string;
  readonly tags: Readonly<Record<'title' | 'artist' | 'genre', string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a song as AAC in an .m4a file, replacing what is there. The encoder's priming is named in the file's edit
 * list, so a decoder's first sample is the song's. The same samples and the same ffmpeg give the same bytes.
 *
 * @throws AppError `DEMO_ENCODE_FAILED`; `details` holds `exitCode`, `signal` and the end of what ffmpeg said.
 */
export async function encodeSong(sound: StereoSound, options: EncodeSongOptions): Promise<void> {
  const { signal } = options;
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  const ffmpeg = spawn(options.ffmpegPath, encodeArguments(options), {
    stdio: ['pipe', 'ignore', 'pipe'],
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
  });
  let stderrTail = '';
  ffmpeg.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderrTail = (stderrTail + text).slice(-STDERR_TAIL_CHARACTERS);
  });
  // A broken pipe only says that ffmpeg has ended; why, its exit code and last words say.
  ffmpeg.stdin.on('error', () => undefined);
  ffmpeg.stdin.end(interleave(sound));
  let exitCode: number | null;
  let exitSignal: NodeJS.Signals | null;
  try {
    [exitCode, exitSignal] = await once(ffmpeg, 'close');
  } catch (thrown) {
    throw encodeFailure({ stderrTail }, toError(thrown));
  }
  if (exitCode !== 0) throw encodeFailure({ exitCode, signal: exitSignal, stderrTail });
}

function encodeArguments({ filePath, tags }: EncodeSongOptions): string[] {
  const input = ['-f', 'f32le', '-ar', String(SONG_SAMPLE_RATE_HZ), '-ac', '2', '-i', 'pipe:0'];
  const metadata = Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
  const codec = ['-c:a', 'aac', '-b:a', '160k', '-flags:a', '+bitexact'];
  const container = ['-map_metadata', '-1', ...metadata, '-fflags', '+bitexact', '-movflags', '+faststart'];
  // The format is named because a temporary file may have any ending.
  return [
    '-hide_banner',
    '-loglevel',
    'error',
    '-y',
    ...input,
    ...codec,
    ...container,
    '-f',
    'ipod',
    `file:${filePath}`,
  ];
}

function interleave({ left, right }: StereoSound): Buffer {
  const samples = Buffer.allocUnsafe(left.length * 8);
  for (let index = 0; index < left.length; index += 1) {
    samples.writeFloatLE(left[index]!, index * 8);
    samples.writeFloatLE(right[index]!, index * 8 + 4);
  }
  return samples;
}

function encodeFailure(details: Record<string, unknown>, cause?: Error): AppError {
  return demoError('DEMO_ENCODE_FAILED', 'The song could not be encoded', { details, cause });
}
