import {
  type Database,
  type LaunchOrder,
  type OpenTask,
  releaseLaunchOrder,
  takeLaunchOrders,
} from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { NO_SPAN, type Tracing, withSpan } from '@bachata-buddy/telemetry';
import { makeExecutionCancellations } from './execution-cancellations.ts';
import type { JobLauncher } from './job-launcher.ts';
import { type Launched, makeLaunchesUnderWay } from './launches-under-way.ts';
import { makePlatformBreaker } from './platform-breaker.ts';

const DEFAULT_POLL_MS = 500;

export interface DispatcherOptions {
  readonly database: Database;
  readonly launcher: JobLauncher;
  readonly log: Logger;
  /** Names this process in the orders it takes. */
  readonly owner: string;
  readonly pollMs?: number;
  readonly tracing?: Tracing | undefined;
  /** Told how each launch ended. */
  readonly onLaunched?: ((launched: Launched) => void) | undefined;
  /** A clock in milliseconds, for how long a platform is left alone. Default: this process's own. */
  readonly now?: () => number;
}

/** Takes launch orders out of the database, as many at once as the launcher can hold. */
export interface Dispatcher {
  start(): void;
  /** There may be a new order: look now instead of at the next turn. */
  nudge(): void;
  /**
   * Stops the job of a task that is not heard of any more. What then becomes of the task is decided as after a
   * crash. False where no such job runs here.
   */
  stop(taskId: string): boolean;
  /**
   * Stops the job of a task that was cancelled, here or on the platform; best effort, and logged.
   *
   * @param deleted what the task was, where it is gone
   */
  cancel(taskId: string, deleted?: OpenTask): void;
  /**
   * Without being started: launches what is due, and waits for what becomes of it, until nothing is due or the platform
   * puts a launch off.
   *
   * @returns how many launches
   */
  drain(): Promise<number>;
  /** Stops all jobs of this process and puts their orders back into the queue; a platform's jobs go on. */
  close(): Promise<void>;
}

export function makeDispatcher(options: DispatcherOptions): Dispatcher {
  const { database, launcher, log, owner, pollMs = DEFAULT_POLL_MS, tracing, onLaunched, now } = options;
  const { platform } = launcher;
  const breaker = makePlatformBreaker(now);
  const underWay = makeLaunchesUnderWay({
    database,
    launcher,
    log,
    tracing,
    onLaunched: (launched) => {
      breaker.note(launched.outcome.kind);
      onLaunched?.(launched);
    },
    onEnd: () => hasStarted && nudge(),
  });
  const executions = platform && makeExecutionCancellations(database, platform, log);
  let timer: NodeJS.Timeout | undefined;
  let polling: Promise<void> | undefined;
  let hasStarted = false;
  let isNudged = false;
  let isClosing = false;
  let isUnreachable = false;

  /** @returns how many orders were taken */
  async function takeOrders(): Promise<number> {
    const free = Math.min(launcher.capacity - underWay.count, breaker.allowed(underWay.count));
    if (free <= 0) return 0;
    const { maxUnderWay } = launcher;
    const orders = await takeLaunchOrders(database, { limit: free, owner, maxUnderWay });
    if (isClosing) await Promise.all(orders.map(putBack));
    else for (const order of orders) underWay.begin(order);
    return orders.length;
  }

  async function putBack({ taskId, launch }: LaunchOrder): Promise<void> {
    await releaseLaunchOrder(database, taskId, { ifLaunches: launch, isExcused: true });
  }

  async function poll(): Promise<void> {
    try {
      await takeOrders();
      isUnreachable = false;
    } catch (thrown) {
      // Said once; polling goes on and finds the orders when the database is back.
      if (!isUnreachable) log.error({ err: thrown }, 'launch orders cannot be read');
      isUnreachable = true;
    }
  }

  /** One look at a time: a nudge during one has the next follow at once. */
  function nudge(): void {
    if (isClosing) return;
    hasStarted = true;
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

  return {
    start: nudge,
    // Orders are looked for on everybody's behalf, not as part of the request that has added one.
    nudge: () => withSpan(NO_SPAN, nudge),
    stop: underWay.stop,
    cancel(taskId, deleted) {
      if (!underWay.stop(taskId)) executions?.cancel(taskId, deleted);
    },
    async drain() {
      breaker.reset();
      for (let launched = 0; ; ) {
        const count = await takeOrders();
        await underWay.settled();
        launched += count;
        if (count === 0 || breaker.isOpen) return launched;
      }
    },
    async close() {
      isClosing = true;
      clearTimeout(timer);
      underWay.close();
      await polling;
      await underWay.settled();
      await executions?.settled();
    },
  };
}
