import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { withScratchDirectory } from '@bachata-buddy/platform';
import { guardedInput } from '../input-guards.ts';
import { MEMORY_LIMITS } from '../media-limits.ts';
import type { MediaPrograms } from '../media-tools.ts';
import { runFfmpeg } from '../run-ffmpeg.ts';
import { type Loudness, readLoudness } from './loudness.ts';
import { MAX_SOUNDTRACK_SEC, stereoFilters } from './stereo-filters.ts';

/** More than the last report of the meter. */
const REPORT_TAIL_BYTES = 4_096;
const REPORT = 'loudness.txt';

export interface MeasureLoudnessOptions {
  readonly tools: MediaPrograms;
  readonly songPath: string;
  /** Where the meter's report is written, in a folder of its own that is taken away. */
  readonly directory: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * How loud a song is, over the whole of it.
 *
 * @returns undefined where it is shorter than the meter's window, 0.4 s
 * @throws AppError of `runFfmpeg`
 */
export function measureLoudness({
  tools,
  songPath,
  directory: parent,
  signal,
}: MeasureLoudnessOptions): Promise<Loudness | undefined> {
  return withScratchDirectory({ purpose: 'loudness', parent: resolve(parent) }, async (directory) => {
    const meter = `ebur128=metadata=1:peak=sample,ametadata=mode=print:file=${REPORT}`;
    const filters = [...stereoFilters(), `atrim=end=${MAX_SOUNDTRACK_SEC}`, meter].join(',');
    await runFfmpeg({
      tools,
      args: [...guardedInput(resolve(songPath)), '-map', '0:a:0', '-af', filters, '-f', 'null', '-'],
      // The filter's argument is no place for a path of any characters.
      cwd: directory,
      memoryLimitBytes: MEMORY_LIMITS.soundBytes,
      signal,
    });
    return readLoudness(await readTail(join(directory, REPORT)));
  });
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
