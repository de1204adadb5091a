import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import { guardedInput, type MediaTools, runFfmpeg } from '@bachata-buddy/media';
import { toBitsPerSecond } from './encoding.ts';
import { gainDecibels, type Loudness, readLoudness } from './loudness.ts';
import { volumeExpression } from './volume.ts';

const SAMPLE_RATE_HZ = 48_000;
/** Volume changes take effect at blocks of this many samples: 5 ms. */
const VOLUME_BLOCK_SAMPLES = 256;
/** More than the last report of the loudness meter. */
const REPORT_TAIL_BYTES = 4_096;

export interface SoundtrackOptions {
  readonly tools: MediaTools;
  readonly blueprint: ResolvedBlueprint;
  readonly songPath: string;
  /** Length of the picture; the sound gets the same. */
  readonly durationSec: number;
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * Encodes the song once, whole: brought to a common loudness, turned down where a move asks for it, cut to the
 * video's length or followed by silence.
 *
 * @returns the file
 * @throws AppError of `runFfmpeg`
 */
export async function renderSoundtrack(options: SoundtrackOptions): Promise<string> {
  const { tools, blueprint, songPath, durationSec, directory, signal } = options;
  const gain = blueprint.output.normalizeAudio ? gainDecibels(await measureLoudness(options)) : 0;
  const volume = volumeExpression(blueprint.moves);
  const filters = [
    ...toStereo(),
    ...(gain === 0 ? [] : [`volume=${gain.toFixed(2)}dB`]),
    ...(volume === undefined
      ? []
      : [`asetnsamples=n=${VOLUME_BLOCK_SAMPLES}`, `volume=${volume}:eval=frame`]),
    'apad',
    `atrim=end_sample=${Math.round(durationSec * SAMPLE_RATE_HZ)}`,
  ];
  const path = join(directory, 'soundtrack.m4a');
  const encoding = ['-c:a', 'aac', '-b:a', String(toBitsPerSecond(blueprint.output.audioBitrate))];
  await runFfmpeg({
    tools,
    args: [
      ...guardedInput(songPath),
      '-map',
      '0:a:0',
      '-af',
      filters.join(','),
      ...encoding,
      '-f',
      'mp4',
      path,
    ],
    signal,
  });
  return path;
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
  durationSec,
  directory,
  signal,
}: SoundtrackOptions): Promise<Loudness | undefined> {
  const report = 'loudness.txt';
  const meter = `ebur128=metadata=1:peak=sample,ametadata=mode=print:file=${report}`;
  const filters = [...toStereo(), `atrim=end=${durationSec.toFixed(6)}`, meter];
  await runFfmpeg({
    tools,
    args: [...guardedInput(songPath), '-map', '0:a:0', '-af', filters.join(','), '-f', 'null', '-'],
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
