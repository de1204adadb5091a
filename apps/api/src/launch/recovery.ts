import {
  type Database,
  failTask,
  findAbandonedPendingTasks,
  findSilentTasks,
  releaseLaunchOrder,
  type SilentTask,
} from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { MAX_LAUNCHES, STOPPED_UNEXPECTEDLY } from './conclusion.ts';
import type { Dispatcher } from './dispatcher.ts';

/** Several heartbeats of a job. */
const SILENT_FOR_SEC = 30;
/** Well past the deadline of planning. */
const ABANDONED_AFTER_SEC = 60;
const DEFAULT_INTERVAL_MS = 10_000;
const PLANNER_GONE = 'Blueprint generation failed: The service stopped before the blueprint was ready.';

export interface RecoveryOptions {
  readonly database: Database;
  readonly dispatcher: Pick<Dispatcher, 'stop' | 'nudge'>;
  readonly log: Logger;
  readonly intervalMs?: number;
  /** Default 30 s. */
  readonly silentForSec?: number;
  /** Default 60 s. */
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
  const { log, intervalMs = DEFAULT_INTERVAL_MS } = options;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let isClosing = false;

  function look(): void {
    looking = recoverTasks(options)
      .catch((thrown: unknown) => log.error({ err: thrown }, 'lost tasks cannot be looked for'))
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

/** One look. */
export async function recoverTasks(options: RecoveryOptions): Promise<void> {
  const {
    database,
    dispatcher,
    silentForSec = SILENT_FOR_SEC,
    abandonedAfterSec = ABANDONED_AFTER_SEC,
  } = options;
  for (const task of await findSilentTasks(database, { silentForSec })) await recoverSilent(task, options);
  for (const taskId of await findAbandonedPendingTasks(database, { olderThanSec: abandonedAfterSec })) {
    if (await failTask(database, taskId, PLANNER_GONE)) options.log.warn({ taskId }, 'abandoned task failed');
  }
  dispatcher.nudge();
}

async function recoverSilent(
  task: SilentTask,
  { database, dispatcher, log }: RecoveryOptions,
): Promise<void> {
  const { taskId, launches } = task;
  log.warn({ taskId, launches }, 'a task is silent');
  // One that runs here is ended; the dispatcher then decides as after any crash.
  if (dispatcher.stop(taskId)) return;
  const canBeLaunched = launches > 0 && launches < MAX_LAUNCHES;
  if (canBeLaunched) await releaseLaunchOrder(database, taskId, { ifLaunches: launches });
  else await failTask(database, taskId, STOPPED_UNEXPECTEDLY, { message: 'Video assembly failed' });
}
