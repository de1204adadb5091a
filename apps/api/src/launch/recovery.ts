import {
  type Database,
  failTask,
  findAbandonedPendingTasks,
  findOverdueTasks,
  findSilentTasks,
  recordLook,
  withSweepLease,
} from '@bachata-buddy/database';
import { type Logger, toError } from '@bachata-buddy/platform';
import { SILENT_AFTER_SEC } from '@bachata-buddy/vocabulary';
import type { Dispatcher } from './dispatcher.ts';
import type { ExecutionPlatform } from './job-launcher.ts';
import { silenceToJudge } from './silence-to-judge.ts';
import { recoverSilentTask, type SilentTaskEnd } from './silent-task.ts';

/** From a hand-over to a platform to the first word of the job. */
const UNCLAIMED_AFTER_SEC = 60;
/** Well past the deadline of planning, and with a look every ten seconds found within a minute. */
const ABANDONED_AFTER_SEC = 45;
const DEFAULT_INTERVAL_MS = 10_000;
/**
 * A look and a half. Where looks are farther apart the database may have been away between them, and jobs that could
 * not say a word in that time are not dead. Together with the ten seconds between two heartbeats it stays below the
 * silence that is judged.
 */
const GAP_SEC = 15;
/** Most of it is waiting for the platform's word, and hundreds may fall silent at once. */
const RECOVERED_AT_ONCE = 10;
/** How long a task may wait to be launched, unless the configuration says otherwise. */
const LONGEST_WAIT_SEC = 3_600;
const WAITED_TOO_LONG =
  'The rendering service was too busy, or could not be reached, for too long. Please try again later.';
const PLANNER_GONE = 'Blueprint generation failed: The service stopped before the blueprint was ready.';

export interface RecoveryOptions {
  readonly database: Database;
  readonly dispatcher: Pick<Dispatcher, 'stop' | 'nudge'>;
  readonly platform?: ExecutionPlatform | undefined;
  readonly log: Logger;
  /** Told what each look came to: an error where it failed. */
  readonly onSwept?: ((swept: Swept | Error) => void) | undefined;
  readonly intervalMs?: number;
  /** Default 30 s. */
  readonly silentForSec?: number;
  /** Default 60 s. */
  readonly unclaimedForSec?: number;
  /** Default 45 s. */
  readonly abandonedAfterSec?: number;
  /** Default an hour. */
  readonly longestWaitSec?: number | undefined;
}

export interface Recovery {
  start(): void;
  close(): Promise<void>;
}

/**
 * Looks, at the start and every ten seconds, for tasks that nobody works on any more: a job that is not heard
 * of is launched again or, after too many launches, failed; a task whose planner died is failed.
 */
export function makeRecovery(options: RecoveryOptions): Recovery {
  const { log, intervalMs = DEFAULT_INTERVAL_MS, onSwept } = options;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let isClosing = false;

  function look(): void {
    looking = recoverTasks(options)
      .catch((thrown: unknown) => {
        log.error({ err: thrown }, 'lost tasks cannot be looked for');
        return toError(thrown);
      })
      .then((swept) => onSwept?.(swept))
      .then(() => {
        if (!isClosing) timer = setTimeout(look, intervalMs);
      });
  }

  return {
    start: look,
    async close() {
      isClosing = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** How many tasks came to what. */
export type RecoveryCounts = Readonly<Record<SilentTaskEnd | 'abandoned' | 'overdue', number>>;

/**
 * What a look came to. `elsewhere`: another process was at it. `unwatched`: the database has not been watched for long
 * enough to tell who is silent.
 */
export type Swept = RecoveryCounts | 'elsewhere' | 'unwatched';

/**
 * One look. Jobs of this process are its own to end; all else is done by one process at a time. After an outage of the
 * database nobody is judged by a silence that the outage may have made.
 */
export async function recoverTasks(options: RecoveryOptions): Promise<Swept> {
  const limits = await limitsNow(options);
  const swept = limits === null ? 'unwatched' : await recoverSilent(options, limits);
  options.dispatcher.nudge();
  return swept;
}

async function recoverSilent(options: RecoveryOptions, limits: Limits): Promise<Swept> {
  const { database, dispatcher } = options;
  // One that runs here is ended; the dispatcher then decides as after any crash.
  for (const { taskId } of await findSilentTasks(database, limits)) dispatcher.stop(taskId);
  return (await withSweepLease(database, () => sweep(options, limits))) ?? 'elsewhere';
}

interface Limits {
  readonly silentForSec: number;
  readonly unclaimedForSec: number;
  readonly abandonedAfterSec: number;
}

/** @returns null where nobody may be judged yet */
async function limitsNow({
  database,
  silentForSec = SILENT_AFTER_SEC,
  unclaimedForSec = UNCLAIMED_AFTER_SEC,
  abandonedAfterSec = ABANDONED_AFTER_SEC,
}: RecoveryOptions): Promise<Limits | null> {
  const watch = await recordLook(database, { gapSec: GAP_SEC });
  const addedSec = silenceToJudge(watch, silentForSec);
  if (addedSec === null) return null;
  return {
    silentForSec: silentForSec + addedSec,
    unclaimedForSec: unclaimedForSec + addedSec,
    abandonedAfterSec: abandonedAfterSec + addedSec,
  };
}

async function sweep(options: RecoveryOptions, limits: Limits): Promise<RecoveryCounts> {
  const { database, dispatcher } = options;
  const counts = { waits: 0, relaunched: 0, failed: 0, abandoned: 0, overdue: 0 };
  const silent = (await findSilentTasks(database, limits)).filter(({ taskId }) => !dispatcher.stop(taskId));
  for (let index = 0; index < silent.length; index += RECOVERED_AT_ONCE) {
    const batch = silent.slice(index, index + RECOVERED_AT_ONCE);
    const ends = await Promise.all(batch.map(({ taskId }) => recoverIfSilent(taskId, options, limits)));
    for (const end of ends) counts[end] += 1;
    // A sweep over hundreds takes minutes: it is no gap.
    await recordLook(database, { gapSec: GAP_SEC });
  }
  const abandoned = await findAbandonedPendingTasks(database, { olderThanSec: limits.abandonedAfterSec });
  counts.abandoned = await failAll(abandoned, PLANNER_GONE, options);
  const { longestWaitSec = LONGEST_WAIT_SEC } = options;
  const overdue = await findOverdueTasks(database, { longestWaitSec });
  counts.overdue = await failAll(overdue, WAITED_TOO_LONG, options);
  return counts;
}

/** @returns how many of them had not ended meanwhile */
async function failAll(
  taskIds: readonly string[],
  reason: string,
  { database, log }: RecoveryOptions,
): Promise<number> {
  let failed = 0;
  for (const taskId of taskIds) {
    if (!(await failTask(database, taskId, reason))) continue;
    failed += 1;
    log.warn({ taskId, reason }, 'task failed by the sweep');
  }
  return failed;
}

/** Many are taken up before a long sweep comes round to them. */
async function recoverIfSilent(
  taskId: string,
  { database, platform, log }: RecoveryOptions,
  limits: Limits,
): Promise<SilentTaskEnd> {
  const [task] = await findSilentTasks(database, { ...limits, taskId });
  return task === undefined ? 'waits' : recoverSilentTask(task, { database, platform, log });
}
