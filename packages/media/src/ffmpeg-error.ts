import { AppError } from '@bachata-buddy/platform';
import { ffmpegComplaint } from './ffmpeg-complaint.ts';
import type { ToolResult } from './run-tool.ts';

/** What the log gets about a run that failed: one flag for each way to end, and the end of standard error. */
export function endDetails(result: ToolResult): Record<string, unknown> {
  return {
    exitCode: result.exitCode,
    signal: result.signal,
    timedOut: result.timedOut,
    cancelled: result.cancelled,
    forceKilled: result.forceKilled,
    elapsedMs: Math.round(result.elapsedMs),
    stderrTail: result.stderrTail.slice(-2_000),
  };
}

/**
 * The error for a run that did not end well, or undefined for one that did.
 * Where several things happened the first of these counts: cancelled, timed out, not started, signal, exit code.
 */
export function toFfmpegError(result: ToolResult, timeoutMs: number): AppError | undefined {
  const details = endDetails(result);
  if (result.cancelled) return new AppError('The work was cancelled', { code: 'MEDIA_CANCELLED', details });
  if (result.timedOut) {
    const message = `FFmpeg error: not finished after ${Math.round(timeoutMs / 1000)} s`;
    return new AppError(message, { code: 'MEDIA_FFMPEG_TIMEOUT', details });
  }
  if (result.failure !== undefined) {
    const message = 'FFmpeg error: the program could not be run';
    return new AppError(message, { code: 'MEDIA_FFMPEG_EXIT', details, cause: result.failure });
  }
  if (result.signal !== undefined) {
    return new AppError(`FFmpeg error: ended by ${result.signal}`, { code: 'MEDIA_FFMPEG_EXIT', details });
  }
  if (result.exitCode === 0) return undefined;
  const complaint = ffmpegComplaint(result.stderrTail, `exit code ${result.exitCode}`);
  return new AppError(`FFmpeg error: ${complaint}`, { code: 'MEDIA_FFMPEG_EXIT', details });
}
