import {
  type AttemptFailure,
  completeTask,
  type Database,
  failAttempt,
  heartbeat,
  recordProgress,
} from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import type { TaskResult } from '@bachata-buddy/vocabulary';
import { type RetryOptions, withRetries } from './retry.ts';

/** Where the job notes how far it is. Every write answers false where the task is not this attempt's any more. */
export interface TaskRecord {
  progress(progress: { progress: number; stage: string; message: string }): Promise<boolean>;
  isAlive(): Promise<boolean>;
  complete(result: TaskResult): Promise<boolean>;
  fail(failure: AttemptFailure): Promise<boolean>;
}

export interface TaskRecordOptions {
  readonly db: Database;
  readonly taskId: string;
  readonly attempt: number;
  /** For the writes that end a task; the others are not worth waiting for. */
  readonly retry: RetryOptions;
}

/** The row of one attempt at a task. */
export function makeTaskRecord({ db, taskId, attempt, retry }: TaskRecordOptions): TaskRecord {
  return {
    progress: (progress) => recordProgress(db, taskId, attempt, progress),
    isAlive: () => heartbeat(db, taskId, attempt),
    complete: (result) => withRetries(retry, () => completeTask(db, taskId, attempt, result)),
    fail: (failure) => withRetries(retry, () => failAttempt(db, taskId, attempt, failure)),
  };
}

/** For a render that belongs to no row: the log is all that is told. */
export function makeLoggedRecord(log: Logger): TaskRecord {
  return {
    async progress(progress) {
      log.debug(progress, 'progress');
      return true;
    },
    isAlive: async () => true,
    async complete(result) {
      log.info({ result }, 'video stored');
      return true;
    },
    async fail(failure) {
      log.error(failure, 'render failed');
      return true;
    },
  };
}
