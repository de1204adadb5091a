import {
  type Database,
  findTask,
  finishLaunchOrder,
  releaseLaunchOrder,
  takeLaunchOrders,
} from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { makeConclusion } from './conclusion.ts';
import type { JobLauncher } from './job-launcher.ts';

const DEFAULT_POLL_MS = 500;

export interface DispatcherOptions {
  readonly database: Database;
  readonly launcher: JobLauncher;
  readonly log: Logger;
  /** Names this process in the orders it takes. */
  readonly owner: string;
  readonly pollMs?: number;
}

/** Takes launch orders out of the database, as many at once as the launcher can hold. */
export interface Dispatcher {
  start(): void;
  /** There may be a new order: look now instead of at the next turn. */
  nudge(): void;
  /**
   * Stops the job of a task that was cancelled or is not heard of any more. What then becomes of the task is
   * decided as after a crash. False where no such job runs here.
   */
  stop(taskId: string): boolean;
  /** Stops all jobs and puts their orders back into the queue. */
  close(): Promise<void>;
}

interface RunningJob {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

export function makeDispatcher(options: DispatcherOptions): Dispatcher {
  const { database, launcher, log, owner, pollMs = DEFAULT_POLL_MS } = options;
  const running = new Map<string, RunningJob>();
  const conclude = makeConclusion(database);
  let timer: NodeJS.Timeout | undefined;
  let polling: Promise<void> | undefined;
  let isNudged = false;
  let isClosing = false;
  let isUnreachable = false;

  async function poll(): Promise<void> {
    const free = launcher.capacity - running.size;
    if (free <= 0) return;
    try {
      const taskIds = await takeLaunchOrders(database, { limit: free, owner });
      isUnreachable = false;
      if (isClosing) await Promise.all(taskIds.map((taskId) => releaseLaunchOrder(database, taskId)));
      else for (const taskId of taskIds) begin(taskId);
    } catch (thrown) {
      // Said once; polling goes on and finds the orders when the database is back.
      if (!isUnreachable) log.error({ err: thrown }, 'launch orders cannot be read');
      isUnreachable = true;
    }
  }

  /** One look at a time: a nudge during one has the next follow at once. */
  function nudge(): void {
    if (isClosing) return;
    if (polling !== undefined) {
      isNudged = true;
      return;
    }
    clearTimeout(timer);
    polling = poll().finally(() => {
      polling = undefined;
      if (isClosing) return;
      timer = setTimeout(nudge, isNudged ? 0 : pollMs);
      isNudged = false;
    });
  }

  function begin(taskId: string): void {
    const controller = new AbortController();
    const done = runJob(taskId, controller.signal)
      .catch((thrown: unknown) => log.error({ err: thrown, taskId }, 'the end of a job could not be noted'))
      .finally(() => {
        running.delete(taskId);
        nudge();
      });
    running.set(taskId, { controller, done });
  }

  async function runJob(taskId: string, signal: AbortSignal): Promise<void> {
    const task = await findTask(database, taskId);
    if (task === null || task.status === 'completed' || task.status === 'failed') {
      await finishLaunchOrder(database, taskId);
      return;
    }
    log.info({ taskId }, 'job launched');
    const outcome = await launcher.launch({ taskId, userId: task.userId, signal });
    log.info({ taskId, outcome }, 'job ended');
    await conclude(taskId, outcome, { isClosing });
  }

  return {
    start: nudge,
    nudge,
    stop(taskId) {
      running.get(taskId)?.controller.abort();
      return running.has(taskId);
    },
    async close() {
      isClosing = true;
      clearTimeout(timer);
      for (const { controller } of running.values()) controller.abort();
      await polling;
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}
