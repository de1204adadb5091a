import { claimTask, connectDatabase, type Database, findTask } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { inSpan } from '@bachata-buddy/telemetry';
import { isEnded, MAX_ATTEMPTS } from '@bachata-buddy/vocabulary';
import type { JobConfig } from './config.ts';
import { executeBlueprint } from './execute-blueprint.ts';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';
import { describeFailure } from './failure.ts';
import { DEFAULT_RETRY_DELAYS_MS, type RetryOptions, withRetries } from './retry.ts';
import { type LoadedBlueprint, loadStoredBlueprint, readBlueprintText, taskIdOfText } from './stages/load.ts';
import { makeLoggedRecord, makeTaskRecord, type TaskRecord } from './task-record.ts';

export interface JobOptions {
  readonly config: JobConfig;
  readonly log: Logger;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Pauses between tries of what may pass. Default 1, 2 and 4 s. */
  readonly retryDelaysMs?: readonly number[];
  /** Default 10 s. */
  readonly heartbeatIntervalMs?: number;
}

/** Renders one task from claim to result. Never rejects: the exit code says how it went, the log says why. */
export async function runJob(options: JobOptions): Promise<ExitCode> {
  const { config, log, signal } = options;
  const db = config.databaseUrl === undefined ? undefined : openDatabase(config.databaseUrl, log);
  try {
    return await runWithDatabase(options, db);
  } catch (thrown) {
    if (signal.aborted) return EXIT_CODE.terminated;
    const { error, isRetryable } = describeFailure(thrown, 'record');
    log.error({ err: thrown }, error);
    return isRetryable ? EXIT_CODE.tryAgain : EXIT_CODE.permanentFailure;
  } finally {
    await db?.close();
  }
}

function openDatabase(url: string, log: Logger): Database {
  return connectDatabase({
    url,
    maxConnections: 2,
    applicationName: 'bachata-buddy-job',
    onIdleError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
}

async function runWithDatabase(options: JobOptions, db: Database | undefined): Promise<ExitCode> {
  const { config, signal } = options;
  const retry = { delaysMs: options.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS, signal };
  const { blueprintJson, execution } = config;
  const taskId = config.taskId ?? (blueprintJson === undefined ? undefined : taskIdOfText(blueprintJson));
  const log = options.log.child({ taskId });
  const isDocumentGiven = blueprintJson !== undefined;
  const claim = await inSpan('claim task', () =>
    claimRecord({ db, taskId, isDocumentGiven, execution, retry, log }),
  );
  if (typeof claim === 'number') return claim;
  const load = async (): Promise<LoadedBlueprint> =>
    blueprintJson === undefined
      ? withRetries(retry, () => loadStoredBlueprint(db!, taskId!))
      : readBlueprintText(blueprintJson, config.taskId);
  return executeBlueprint({
    config,
    record: claim.record,
    isRecorded: claim.isRecorded,
    isLastAttempt: claim.countedAttempt >= MAX_ATTEMPTS,
    difficulty: claim.difficulty,
    load,
    log: log.child({ attempt: claim.attempt }),
    signal,
    heartbeatIntervalMs: options.heartbeatIntervalMs,
  });
}

interface ClaimOptions {
  readonly db: Database | undefined;
  readonly taskId: string | undefined;
  readonly isDocumentGiven: boolean;
  readonly execution: string | undefined;
  readonly retry: RetryOptions;
  readonly log: Logger;
}

interface Claim {
  readonly record: TaskRecord;
  readonly isRecorded: boolean;
  readonly attempt: number;
  readonly countedAttempt: number;
  readonly difficulty: string | null;
}

/** The right to write to the task's row; or the exit code, where there is nothing to do. */
async function claimRecord({
  db,
  taskId,
  isDocumentGiven,
  execution,
  retry,
  log,
}: ClaimOptions): Promise<Claim | ExitCode> {
  // There is no second attempt at what no row stands for.
  const unrecorded = {
    record: makeLoggedRecord(log),
    isRecorded: false,
    attempt: MAX_ATTEMPTS,
    countedAttempt: MAX_ATTEMPTS,
    difficulty: null,
  };
  if (db === undefined || taskId === undefined) return unrecorded;
  const claimed = await withRetries(retry, () =>
    claimTask(db, taskId, { execution, maxAttempts: MAX_ATTEMPTS }),
  );
  if (claimed !== null) {
    const { attempt, countedAttempt, task } = claimed;
    const record = makeTaskRecord({ db, taskId, attempt, retry });
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
  if (isDocumentGiven) {
    log.warn('no row with a blueprint stands for this task: rendering without one');
    return unrecorded;
  }
  log.error(task === null ? 'there is no such task' : 'the task has no blueprint yet');
  return EXIT_CODE.permanentFailure;
}
