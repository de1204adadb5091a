import { claimTask, connectDatabase, type Database, findBlueprint, findTask } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { isEnded } from '@bachata-buddy/vocabulary';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';
import { type RetryOptions, withRetries } from './retry.ts';
import { checkStoredBlueprint, type LoadedBlueprint } from './stages/load.ts';
import { makeStoredRecord } from './stored-record.ts';
import type { TaskRecord } from './task-record.ts';

export interface TaskDatabaseOptions {
  readonly url: string;
  /** For what may pass. */
  readonly retry: RetryOptions;
  readonly log: Logger;
}

export interface ClaimOptions {
  readonly execution: string | undefined;
  readonly maxAttempts: number;
  readonly log: Logger;
}

/** The right to write to the task's row. */
export interface Claim {
  readonly record: TaskRecord;
  /** Whether a row stands for the task, or only a document. */
  readonly isRecorded: boolean;
  readonly attempt: number;
  readonly countedAttempt: number;
  /** As the row has it. */
  readonly difficulty: string | null;
}

/** The job's side of the database. Every method throws AppError `DB_*`. */
export interface TaskDatabase {
  /** The exit code, where there is nothing to do. */
  claim(taskId: string, options: ClaimOptions): Promise<Claim | ExitCode | 'no task' | 'no blueprint'>;
  /** The blueprint stored for a task. @throws BlueprintError where it is none, or not what was stored */
  loadBlueprint(taskId: string): Promise<LoadedBlueprint>;
  close(): Promise<void>;
}

export function openTaskDatabase({ url, retry, log }: TaskDatabaseOptions): TaskDatabase {
  const db = connectDatabase({
    url,
    maxConnections: 2,
    applicationName: 'bachata-buddy-job',
    onIdleError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  return {
    claim: (taskId, options) => claim(db, taskId, { ...options, retry }),
    loadBlueprint: async (taskId) =>
      checkStoredBlueprint(await withRetries(retry, () => findBlueprint(db, taskId)), taskId),
    close: () => db.close(),
  };
}

async function claim(
  db: Database,
  taskId: string,
  { execution, maxAttempts, retry, log }: ClaimOptions & Pick<TaskDatabaseOptions, 'retry'>,
): Promise<Claim | ExitCode | 'no task' | 'no blueprint'> {
  const claimed = await withRetries(retry, () => claimTask(db, taskId, { execution, maxAttempts }));
  if (claimed !== null) {
    const { attempt, countedAttempt, task } = claimed;
    const record = makeStoredRecord({ db, taskId, attempt, retry });
    return { record, isRecorded: true, attempt, countedAttempt, difficulty: task.difficulty };
  }
  const task = await withRetries(retry, () => findTask(db, taskId));
  if (task !== null && isEnded(task)) {
    log.info({ status: task.status, error: task.error }, 'the task has ended: nothing to do');
    return EXIT_CODE.done;
  }
  if (task?.status === 'running' && task.heldBy !== null && task.heldBy !== execution) {
    log.info({ heldBy: task.heldBy }, 'another execution is at the task: nothing to do');
    return EXIT_CODE.done;
  }
  return task === null ? 'no task' : 'no blueprint';
}
