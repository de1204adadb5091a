import { type AppError, platformError } from '@bachata-buddy/platform';
import { endDetails } from './end-details.ts';
import { mediaError } from './errors.ts';
import { ffmpegComplaint } from './ffmpeg-complaint.ts';
import { machineFault } from './machine-fault.ts';
import type { ToolResult } from './run-tool.ts';

/**
 * The error for a run that did not end well, or undefined for one that did.
 * Where several things happened the first of these counts: cancelled, timed out, a fault of the machine, stopped for its
 * output, crashed, exit code.
 */
export function toFfmpegError(result: ToolResult, timeoutMs: number): AppError | undefined {
  const details = endDetails(result);
  if (result.cancelled) return platformError('CANCELLED', 'The work was cancelled', { details });
  if (result.timedOut) {
    const message = `FFmpeg error: not finished after ${Math.round(timeoutMs / 1000)} s`;
    return mediaError('MEDIA_FFMPEG_TIMEOUT', message, { details });
  }
  if (result.exitCode === 0 && result.failure === undefined) return undefined;
  const fault = machineFault(result, 'ffmpeg');
  if (fault !== undefined) return fault;
  if (result.failure !== undefined) {
    const message = 'FFmpeg error: what it made is not what was asked for';
    return mediaError('MEDIA_FFMPEG_EXIT', message, { details, cause: result.failure });
  }
  if (result.signal !== undefined) {
    return mediaError('MEDIA_FFMPEG_EXIT', `FFmpeg error: ended by ${result.signal}`, { details });
  }
  const complaint = ffmpegComplaint(result.stderrTail, `exit code ${result.exitCode}`);
  return mediaError('MEDIA_FFMPEG_EXIT', `FFmpeg error: ${complaint}`, { details });
}
