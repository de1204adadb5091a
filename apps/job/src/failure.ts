import { BlueprintError } from '@bachata-buddy/blueprint';
import { AppError } from '@bachata-buddy/platform';
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

/** Words for whatever a stage threw. An error nobody expected is a bug: its text stays in the log. */
export function describeFailure(thrown: unknown, stage: JobStage): JobFailure {
  if (thrown instanceof BlueprintError) {
    return { error: thrown.message, message: VALIDATION_FAILED, isRetryable: false };
  }
  if (!(thrown instanceof AppError)) {
    return { error: `${ASSEMBLY_FAILED}: internal error`, message: ASSEMBLY_FAILED, isRetryable: false };
  }
  const isValidation = thrown.message.startsWith(VALIDATION_FAILED);
  return {
    error: prefixOf(thrown, stage) + thrown.message,
    message: isValidation ? VALIDATION_FAILED : ASSEMBLY_FAILED,
    isRetryable: thrown.retryable,
  };
}

function prefixOf({ code, message }: AppError, stage: JobStage): string {
  if (code.startsWith('STORAGE_'))
    return stage === 'upload' ? 'Storage upload failed: ' : 'Storage download failed: ';
  return code.startsWith('MEDIA_') && !message.startsWith('FFmpeg error') ? 'FFmpeg error: ' : '';
}
