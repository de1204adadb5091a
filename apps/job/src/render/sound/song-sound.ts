import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { guardedInput, type MediaTools, preparedSongKey, runFfmpeg } from '@bachata-buddy/media';
import { hashFile, type KeptParts, partKey } from '../kept-parts.ts';
import { type AacFile, aacEncoding, openAacFile, SAMPLE_RATE_HZ } from './aac-file.ts';
import { gainDecibels, type Loudness, readLoudness } from './loudness.ts';

/** More than the last report of the loudness meter. */
const REPORT_TAIL_BYTES = 4_096;

export interface SongSoundOptions {
  readonly tools: MediaTools;
  readonly songPath: string;
  readonly bitsPerSecond: number;
  /** Whether the song is brought to the common loudness. */
  readonly isNormalised: boolean;
  /** The file of that key, or undefined where ingest has not made it. */
  readonly findPrepared: (key: string) => Promise<string | undefined>;
  /** Looks into the song before it is encoded; throws where it cannot be. */
  readonly examine: (signal: AbortSignal) => Promise<void>;
  readonly directory: string;
  readonly kept: KeptParts | undefined;
  readonly signal: AbortSignal;
}

/**
 * The whole song as AAC: as ingest prepared it, or made here, once for a song, a bit rate and a loudness, and kept.
 *
 * @throws AppError of `runFfmpeg`, `findPrepared` and `examine`
 */
export async function makeSongSound(options: SongSoundOptions): Promise<AacFile> {
  const { songPath, bitsPerSecond, isNormalised, directory, kept, signal } = options;
  const contentHash = await hashFile(songPath, signal);
  const prepared = await options.findPrepared(preparedSongKey({ contentHash, bitsPerSecond, isNormalised }));
  if (prepared !== undefined) return openAacFile(prepared);
  const path = join(directory, 'song-sound.mp4');
  const encoding = aacEncoding(bitsPerSecond);
  const key = partKey({ kind: 'song', contentHash, isNormalised, encoding });
  if (!(await kept?.take(key, path))) {
    await encode(options, path, encoding);
    await kept?.keep(key, path);
  }
  return openAacFile(path);
}

async function encode(options: SongSoundOptions, path: string, encoding: readonly string[]): Promise<void> {
  const { tools, songPath, isNormalised, signal } = options;
  await options.examine(signal);
  const gain = isNormalised ? gainDecibels(await measureLoudness(options)) : 0;
  const filters = [...toStereo(), ...(gain === 0 ? [] : [`volume=${gain.toFixed(2)}dB`])].join(',');
  await runFfmpeg({
    tools,
    args: [...guardedInput(songPath), '-map', '0:a:0', '-af', filters, ...encoding, '-f', 'mp4', path],
    signal,
  });
}

/** Sample 0 is the start of the file, as for whoever measured its beats. */
function toStereo(): string[] {
  return [
    `aresample=${SAMPLE_RATE_HZ}:async=1:first_pts=0`,
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
  ];
}

async function measureLoudness({
  tools,
  songPath,
  directory,
  signal,
}: SongSoundOptions): Promise<Loudness | undefined> {
  const report = 'loudness.txt';
  const meter = `ebur128=metadata=1:peak=sample,ametadata=mode=print:file=${report}`;
  const filters = [...toStereo(), meter].join(',');
  await runFfmpeg({
    tools,
    args: [...guardedInput(songPath), '-map', '0:a:0', '-af', filters, '-f', 'null', '-'],
    cwd: directory,
    signal,
  });
  return readLoudness(await readTail(join(directory, report)));
}

async function readTail(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, REPORT_TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
