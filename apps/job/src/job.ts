import type { Logger } from '@bachata-buddy/platform';
import { inSpan } from '@bachata-buddy/telemetry';
import { MAX_ATTEMPTS } from '@bachata-buddy/vocabulary';
import type { JobConfig, JobSource } from './config.ts';
import { executeBlueprint } from './execute-blueprint.ts';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';
import { describeFailure } from './failure.ts';
import { DEFAULT_RETRY_DELAYS_MS, type RetryOptions } from './retry.ts';
import { readBlueprintText, taskIdOfText } from './stages/load.ts';
import type { Claim, TaskDatabase } from './task-database.ts';
import { makeLoggedRecord } from './task-record.ts';

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
  const retry = { delaysMs: options.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS, signal };
  let work: Work | undefined;
  try {
    work = await openWork(config.source, retry, log);
    return await runWork(options, work);
  } catch (thrown) {
    if (signal.aborted) return EXIT_CODE.terminated;
    const { error, isRetryable } = describeFailure(thrown, 'record');
    log.error({ err: thrown }, error);
    return isRetryable ? EXIT_CODE.tryAgain : EXIT_CODE.permanentFailure;
  } finally {
    await work?.db?.close();
  }
}

/** What there is to render, with the database where its row is. */
type Work =
  | { readonly kind: 'row'; readonly taskId: string; readonly db: TaskDatabase }
  | {
      readonly kind: 'document';
      readonly text: string;
      /** As it was configured. */
      readonly expectedTaskId: string | undefined;
      /** As it was configured, or else as the document says. */
      readonly taskId: string | undefined;
      readonly db: TaskDatabase | undefined;
    };

async function openWork(source: JobSource, retry: RetryOptions, log: Logger): Promise<Work> {
  if (source.kind === 'row') {
    const { kind, taskId, databaseUrl } = source;
    return { kind, taskId, db: await openDatabase(databaseUrl, retry, log) };
  }
  const { kind, text, taskId: expectedTaskId, databaseUrl } = source;
  const db = databaseUrl === undefined ? undefined : await openDatabase(databaseUrl, retry, log);
  return { kind, text, expectedTaskId, taskId: expectedTaskId ?? taskIdOfText(text), db };
}

/** What speaks with a database is loaded where there is one. */
async function openDatabase(url: string, retry: RetryOptions, log: Logger): Promise<TaskDatabase> {
  const { openTaskDatabase } = await import('./task-database.ts');
  return openTaskDatabase({ url, retry, log });
}

async function runWork(options: JobOptions, work: Work): Promise<ExitCode> {
  const { config, signal } = options;
  const { execution } = config;
  const { taskId, db } = work;
  const log = options.log.child({ taskId });
  // There is no second attempt at what no row stands for.
  const unrecorded: Claim = {
    record: makeLoggedRecord(log),
    isRecorded: false,
    attempt: MAX_ATTEMPTS,
    countedAttempt: MAX_ATTEMPTS,
    difficulty: null,
  };
  const claim = await inSpan('claim task', async () => {
    if (db === undefined || taskId === undefined) return unrecorded;
    const claimed = await db.claim(taskId, { execution, maxAttempts: MAX_ATTEMPTS, log });
    if (claimed !== 'no blueprint' && claimed !== 'no task') return claimed;
    if (work.kind === 'document') {
      log.warn('no row with a blueprint stands for this task: rendering without one');
      return unrecorded;
    }
    log.error(claimed === 'no task' ? 'there is no such task' : 'the task has no blueprint yet');
    return EXIT_CODE.permanentFailure;
  });
  if (typeof claim === 'number') return claim;
  return executeBlueprint({
    config,
    record: claim.record,
    isRecorded: claim.isRecorded,
    attempt: claim.attempt,
    isLastAttempt: claim.countedAttempt >= MAX_ATTEMPTS,
    difficulty: claim.difficulty,
    load: async () =>
      work.kind === 'row'
        ? work.db.loadBlueprint(work.taskId)
        : readBlueprintText(work.text, work.expectedTaskId),
    log: log.child({ attempt: claim.attempt }),
    signal,
    heartbeatIntervalMs: options.heartbeatIntervalMs,
  });
}
