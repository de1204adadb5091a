import type { AttemptFailure } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import type { TaskResult } from '@bachata-buddy/vocabulary';

/** Where the job notes how far it is. Every write answers false where the task is not this attempt's any more. */
export interface TaskRecord {
  progress(progress: { progress: number; stage: string; message: string }): Promise<boolean>;
  isAlive(): Promise<boolean>;
  complete(result: TaskResult): Promise<boolean>;
  fail(failure: AttemptFailure): Promise<boolean>;
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
