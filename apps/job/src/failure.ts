import { BlueprintError } from '@bachata-buddy/blueprint';
import { AppError, type ErrorCode } from '@bachata-buddy/platform';
import { ASSEMBLY_FAILED, VALIDATION_FAILED } from '@bachata-buddy/vocabulary';

/** A stage of the job, as failures are told apart by it. */
export type JobStage = 'load' | 'assemble' | 'upload' | 'record';

/** A failure as the task's row shows it. */
export interface JobFailure {
  /** For the user: safe to show. */
  readonly error: string;
  readonly message: string;
  /** The same may work when it is tried again without a change. */
  readonly isRetryable: boolean;
}

interface MachineFault {
  /** For the user: whose fault it is not. */
  readonly text: string;
  readonly isRetryable: boolean;
}

const FULL: MachineFault = { text: 'the disk of the rendering machine is full', isRetryable: true };
const SHUT: MachineFault = {
  text: 'the rendering machine may not write into a folder of its own',
  isRetryable: false,
};
/** What can be wrong with the machine, by the system's name of the error: errno(3). */
const MACHINE_FAULTS: Readonly<Record<string, MachineFault>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EROFS: SHUT,
  EACCES: SHUT,
  EPERM: SHUT,
};

/** Errors whose message says itself that it is ffmpeg's. */
const SAID_BY_FFMPEG: ReadonlySet<ErrorCode> = new Set([
  'MEDIA_DISK_FULL',
  'MEDIA_FFMPEG_EXIT',
  'MEDIA_FFMPEG_TIMEOUT',
  'MEDIA_INTERRUPTED',
  'MEDIA_MACHINE_REFUSED',
]);

function machineFaultOf(thrown: unknown): MachineFault | undefined {
  if (thrown instanceof AppError) return thrown.code === 'MEDIA_DISK_FULL' ? FULL : undefined;
  const { code } = (thrown ?? {}) as NodeJS.ErrnoException;
  return code === undefined ? undefined : MACHINE_FAULTS[code];
}

/** Words for whatever a stage threw. An error nobody expected is a bug: its text stays in the log. */
export function describeFailure(thrown: unknown, stage: JobStage): JobFailure {
  if (thrown instanceof BlueprintError) {
    return { error: thrown.message, message: VALIDATION_FAILED, isRetryable: false };
  }
  const fault = machineFaultOf(thrown);
  if (fault !== undefined) {
    const { text, isRetryable } = fault;
    return { error: `${ASSEMBLY_FAILED}: ${text}`, message: ASSEMBLY_FAILED, isRetryable };
  }
  if (!(thrown instanceof AppError)) {
    return { error: `${ASSEMBLY_FAILED}: internal error`, message: ASSEMBLY_FAILED, isRetryable: false };
  }
  return {
    error: prefixOf(thrown, stage) + thrown.message,
    message: ASSEMBLY_FAILED,
    isRetryable: thrown.retryable,
  };
}

function prefixOf({ code, room }: AppError, stage: JobStage): string {
  if (room === 'storage') return stage === 'upload' ? 'Storage upload failed: ' : 'Storage download failed: ';
  return room === 'media' && !SAID_BY_FFMPEG.has(code) ? 'FFmpeg error: ' : '';
}
