import {
  type Database,
  failTask,
  findAbandonedPendingTasks,
  findSilentTasks,
  withSweepLock,
} from '@bachata-buddy/database';
import { type Logger, toError } from '@bachata-buddy/platform';
import { SILENT_AFTER_SEC } from '@bachata-buddy/vocabulary';
import type { Dispatcher } from './dispatcher.ts';
import type { ExecutionPlatform } from './job-launcher.ts';
import { recoverSilentTask, type SilentTaskEnd } from './silent-task.ts';

/** From a hand-over to a platform to the first word of the job. */
const UNCLAIMED_AFTER_SEC = 60;
/** Well past the deadline of planning, and with a look every ten seconds found within a minute. */
const ABANDONED_AFTER_SEC = 45;
const DEFAULT_INTERVAL_MS = 10_000;
/** Most of it is waiting for the platform's word, and hundreds may fall silent at once. */
const RECOVERED_AT_ONCE = 10;
const PLANNER_GONE = 'Blueprint generation failed: The service stopped before the blueprint was ready.';

export interface RecoveryOptions {
  readonly database: Database;
  readonly dispatcher: Pick<Dispatcher, 'stop' | 'nudge'>;
  readonly platform?: ExecutionPlatform | undefined;
  readonly log: Logger;
  /** Told what each look came to: null where another process was at it, an error where it failed. */
  readonly onSwept?: ((swept: RecoveryCounts | null | Error) => void) | undefined;
  readonly intervalMs?: number;
  /** Default 30 s. */
  readonly silentForSec?: number;
  /** Default 60 s. */
  readonly unclaimedForSec?: number;
  /** Default 45 s. */
  readonly abandonedAfterSec?: number;
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
export type RecoveryCounts = Readonly<Record<SilentTaskEnd | 'abandoned', number>>;

/**
 * One look. Jobs of this process are its own to end; all else is done by one process at a time.
 *
 * @returns null where another process is at it
 */
export async function recoverTasks(options: RecoveryOptions): Promise<RecoveryCounts | null> {
  const { database, dispatcher } = options;
  // One that runs here is ended; the dispatcher then decides as after any crash.
  for (const { taskId } of await findSilentTasks(database, limitsOf(options))) dispatcher.stop(taskId);
  const counts = await withSweepLock(database, () => sweep(options));
  dispatcher.nudge();
  return counts;
}

async function sweep(options: RecoveryOptions): Promise<RecoveryCounts> {
  const { database, dispatcher, log, abandonedAfterSec = ABANDONED_AFTER_SEC } = options;
  const counts = { waits: 0, relaunched: 0, failed: 0, abandoned: 0 };
  const silent = (await findSilentTasks(database, limitsOf(options))).filter(
    ({ taskId }) => !dispatcher.stop(taskId),
  );
  for (let index = 0; index < silent.length; index += RECOVERED_AT_ONCE) {
    const batch = silent.slice(index, index + RECOVERED_AT_ONCE);
    const ends = await Promise.all(batch.map(({ taskId }) => recoverIfSilent(taskId, options)));
    for (const end of ends) counts[end] += 1;
  }
  for (const taskId of await findAbandonedPendingTasks(database, { olderThanSec: abandonedAfterSec })) {
    if (!(await failTask(database, taskId, PLANNER_GONE))) continue;
    counts.abandoned += 1;
    log.warn({ taskId }, 'abandoned task failed');
  }
  return counts;
}

/** A sweep over hundreds takes minutes, and many of them are taken up before it comes round to them. */
async function recoverIfSilent(taskId: string, options: RecoveryOptions): Promise<SilentTaskEnd> {
  const { database, platform, log } = options;
  const [task] = await findSilentTasks(database, { ...limitsOf(options), taskId });
  return task === undefined ? 'waits' : recoverSilentTask(task, { database, platform, log });
}

function limitsOf({
  silentForSec = SILENT_AFTER_SEC,
  unclaimedForSec = UNCLAIMED_AFTER_SEC,
}: RecoveryOptions) {
  return { silentForSec, unclaimedForSec };
}
