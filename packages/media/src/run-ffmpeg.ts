import type { Readable } from 'node:stream';
import { toFfmpegError } from './ffmpeg-error.ts';
import { type FfmpegProgress, makeFfmpegProgressParser } from './ffmpeg-progress.ts';
import { MEMORY_LIMITS } from './media-limits.ts';
import type { MediaPrograms } from './media-tools.ts';
import { runTool } from './run-tool.ts';

/** A quarter of an hour: far beyond any single step of a render. */
const DEFAULT_FFMPEG_TIMEOUT_MS = 15 * 60_000;

export interface FfmpegRun {
  readonly tools: MediaPrograms;
  /**
   * Everything between the program's name and its end; no shell reads it. `-hide_banner`, `-loglevel error`, `-y`,
   * `-nostdin` (unless `stdin` is given) and `-progress` are added in front. Standard output is taken by the
   * progress report, so the result must go to a file.
   */
  readonly args: readonly string[];
  /** Length of the output in seconds; without it `onProgress` is never called. */
  readonly expectedDurationSec?: number | undefined;
  /** Gets the fraction done, 0 to 1, never falling, about twice a second and once at the end. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Default 15 minutes. */
  readonly timeoutMs?: number | undefined;
  readonly stdin?: Readable | Uint8Array | undefined;
  readonly cwd?: string | undefined;
  /** Memory of its own that ffmpeg may take, in bytes. Default: what pictures of 8K take. */
  readonly memoryLimitBytes?: number | undefined;
  /** How long after a polite SIGTERM the SIGKILL follows. Default 3 s. */
  readonly forceKillAfterMs?: number | undefined;
}

export interface FfmpegOutcome {
  /** Video frames written, as ffmpeg counted them; 0 for a run without video. */
  readonly frameCount: number;
  readonly elapsedMs: number;
}

/**
 * Runs ffmpeg to its end.
 *
 * @throws AppError `MEDIA_FFMPEG_EXIT` (message `FFmpeg error: <its last telling line>`), `MEDIA_FFMPEG_TIMEOUT`,
 * `CANCELLED`; those of `machineFault`, where nothing can be said of the file; `details` holds `exitCode`, `signal`, `timedOut`, `cancelled`, `forceKilled`, `stderrTail`.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<FfmpegOutcome> {
  const timeoutMs = run.timeoutMs ?? DEFAULT_FFMPEG_TIMEOUT_MS;
  const parser = makeFfmpegProgressParser();
  const decoder = new TextDecoder();
  let frameCount = 0;
  let fraction = 0;
  const report = (progress: FfmpegProgress): void => {
    frameCount = progress.frameCount ?? frameCount;
    if (run.onProgress === undefined || !run.expectedDurationSec) return;
    const reached = progress.isEnd ? 1 : (progress.outTimeSec ?? 0) / run.expectedDurationSec;
    fraction = Math.min(1, Math.max(fraction, reached));
    run.onProgress(fraction);
  };
  const result = await runTool({
    file: run.tools.ffmpegPath,
    args: [...fixedArguments(run.stdin !== undefined), ...run.args],
    timeoutMs,
    signal: run.signal,
    stdin: run.stdin,
    cwd: run.cwd,
    forceKillAfterMs: run.forceKillAfterMs,
    memoryLimitBytes: run.memoryLimitBytes ?? MEMORY_LIMITS.pictureBytes,
    onStdout: (chunk) => parser.push(decoder.decode(chunk, { stream: true })).forEach(report),
  });
  const error = toFfmpegError(result, timeoutMs);
  if (error !== undefined) throw error;
  return { frameCount, elapsedMs: result.elapsedMs };
}

function fixedArguments(readsStdin: boolean): string[] {
  const quiet = ['-hide_banner', '-loglevel', 'error', '-y', '-stats_period', '0.5', '-progress', 'pipe:1'];
  return readsStdin ? quiet : ['-nostdin', ...quiet];
}
