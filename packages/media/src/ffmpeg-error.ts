import { type AppError, platformError } from '@bachata-buddy/platform';
import { mediaError } from './errors.ts';
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
  if (result.cancelled) return platformError('CANCELLED', 'The work was cancelled', { details });
  if (result.timedOut) {
    const message = `FFmpeg error: not finished after ${Math.round(timeoutMs / 1000)} s`;
    return mediaError('MEDIA_FFMPEG_TIMEOUT', message, { details });
  }
  if (result.failure !== undefined) {
    const message = 'FFmpeg error: the program could not be run';
    return mediaError('MEDIA_FFMPEG_EXIT', message, { details, cause: result.failure });
  }
  if (result.signal !== undefined) {
    return mediaError('MEDIA_FFMPEG_EXIT', `FFmpeg error: ended by ${result.signal}`, { details });
  }
  if (result.exitCode === 0) return undefined;
  const complaint = ffmpegComplaint(result.stderrTail, `exit code ${result.exitCode}`);
  return mediaError(codeOf(result.stderrTail), `FFmpeg error: ${complaint}`, { details });
}

/** What the system has told ffmpeg is no fault of the file: strerror(3). */
function codeOf(stderrTail: string): 'MEDIA_DISK_FULL' | 'MEDIA_MACHINE_REFUSED' | 'MEDIA_FFMPEG_EXIT' {
  if (/no space left on device|disk quota exceeded/i.test(stderrTail)) return 'MEDIA_DISK_FULL';
  if (/read-only file system|too many open files/i.test(stderrTail)) return 'MEDIA_MACHINE_REFUSED';
  return 'MEDIA_FFMPEG_EXIT';
}
