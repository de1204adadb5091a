import type { AppError } from '@bachata-buddy/platform';
import { endDetails } from './end-details.ts';
import { mediaError } from './errors.ts';
import { ffmpegComplaint } from './ffmpeg-complaint.ts';
import type { ToolResult } from './run-tool.ts';

/** Signals that a program brings upon itself: it crashed, or used up the processor time that it was given. */
const SIGNALS_OF_ITS_OWN = new Set('SIGABRT SIGBUS SIGFPE SIGILL SIGSEGV SIGSYS SIGTRAP SIGXCPU'.split(' '));

/**
 * How a program ends that never began its work: it may not be executed, or a library that it needs is missing. ffmpeg and
 * ffprobe themselves end with neither.
 * Source: POSIX, exit status of commands; ld.so(8).
 */
const NEVER_BEGAN = new Set<number | undefined>([126, 127]);

/** Why something could not begin that could another time: errno(3). */
const SHORT_OF_ROOM = new Set<unknown>(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);

/** Whether the system refused something because there is too much of it just now. */
export function isShortOfRoom(thrown: unknown): boolean {
  return SHORT_OF_ROOM.has((thrown as NodeJS.ErrnoException | undefined)?.code);
}

/**
 * The error for a run that did not end well and whose end says nothing of the file: it could not begin, somebody else ended
 * it, or the system refused it something. Undefined where the program ended by itself: also one that was refused more memory
 * than it may take does that. What was cancelled or took too long is the caller's to judge.
 */
export function machineFault(result: ToolResult, program: 'ffmpeg' | 'ffprobe'): AppError | undefined {
  const { failure: cause, exitCode, signal, stderrTail } = result;
  const options = { details: endDetails(result), cause };
  const isStarted = exitCode !== undefined || signal !== undefined;
  if (!isStarted && isShortOfRoom(cause)) {
    return mediaError('MEDIA_INTERRUPTED', `FFmpeg error: there is no room to run ${program}`, options);
  }
  if (!isStarted || NEVER_BEGAN.has(exitCode)) {
    const code = program === 'ffmpeg' ? 'MEDIA_FFMPEG_MISSING' : 'MEDIA_FFPROBE_MISSING';
    return mediaError(code, `${program} cannot be run`, options);
  }
  // What was stopped for its output was stopped by the caller.
  if (cause !== undefined) return undefined;
  if (signal !== undefined) {
    if (SIGNALS_OF_ITS_OWN.has(signal)) return undefined;
    return mediaError('MEDIA_INTERRUPTED', `FFmpeg error: ${program} was ended by ${signal}`, options);
  }
  const code = refusalOf(stderrTail);
  return code && mediaError(code, `FFmpeg error: ${ffmpegComplaint(stderrTail, 'refused')}`, options);
}

/** What the system has told a program: strerror(3). */
function refusalOf(stderrTail: string): 'MEDIA_DISK_FULL' | 'MEDIA_MACHINE_REFUSED' | undefined {
  if (/no space left on device|disk quota exceeded/i.test(stderrTail)) return 'MEDIA_DISK_FULL';
  if (/read-only file system|too many open files/i.test(stderrTail)) return 'MEDIA_MACHINE_REFUSED';
  return undefined;
}
