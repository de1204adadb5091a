import { completeTask, type Database, failAttempt, heartbeat, recordProgress } from '@bachata-buddy/database';
import { type RetryOptions, withRetries } from './retry.ts';
import type { TaskRecord } from './task-record.ts';

export interface StoredRecordOptions {
  readonly db: Database;
  readonly taskId: string;
  readonly attempt: number;
  /** For the writes that end a task; the others are not worth waiting for. */
  readonly retry: RetryOptions;
}

/** The row of one attempt at a task. */
export function makeStoredRecord({ db, taskId, attempt, retry }: StoredRecordOptions): TaskRecord {
  return {
    progress: (progress) => recordProgress(db, taskId, attempt, progress),
    isAlive: () => heartbeat(db, taskId, attempt),
    complete: (result) => withRetries(retry, () => completeTask(db, taskId, attempt, result)),
    fail: (failure) => withRetries(retry, () => failAttempt(db, taskId, attempt, failure)),
  };
}
