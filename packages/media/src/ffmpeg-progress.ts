/** One block of ffmpeg's `-progress` output. A field that ffmpeg has no value for yet (`N/A`) is undefined. */
export interface FfmpegProgress {
  /** Video frames written so far. */
  readonly frameCount: number | undefined;
  readonly outTimeSec: number | undefined;
  readonly sizeBytes: number | undefined;
  /** True in the last block. */
  readonly isEnd: boolean;
}

export interface FfmpegProgressParser {
  /** Takes the next piece of text, cut anywhere, and returns the blocks it completes, oldest first. */
  push(text: string): FfmpegProgress[];
}

/**
 * Parses the `key=value` lines that `ffmpeg -progress` writes; each block ends with a `progress=` line.
 * Lines it does not know are skipped: the set differs between versions.
 * Source: ffmpeg(1), option `-progress`.
 */
export function makeFfmpegProgressParser(): FfmpegProgressParser {
  let unfinishedLine = '';
  let fields = new Map<string, string>();
  return {
    push(text) {
      const lines = (unfinishedLine + text).split('\n');
      unfinishedLine = lines.pop() ?? '';
      const blocks: FfmpegProgress[] = [];
      for (const line of lines) {
        const separator = line.indexOf('=');
        if (separator < 1) continue;
        fields.set(line.slice(0, separator).trim(), line.slice(separator + 1).trim());
        if (!line.startsWith('progress=')) continue;
        blocks.push(toProgress(fields));
        fields = new Map();
      }
      return blocks;
    },
  };
}

function toProgress(fields: ReadonlyMap<string, string>): FfmpegProgress {
  // `out_time_ms` is in microseconds too, by an old mistake that ffmpeg keeps; `out_time_us` says what it is.
  const outTimeMicroseconds = toNumber(fields.get('out_time_us') ?? fields.get('out_time_ms'));
  return {
    frameCount: toNumber(fields.get('frame')),
    outTimeSec: outTimeMicroseconds === undefined ? undefined : outTimeMicroseconds / 1_000_000,
    sizeBytes: toNumber(fields.get('total_size')),
    isEnd: fields.get('progress') === 'end',
  };
}

function toNumber(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
