import { type Database, findTask, finishLaunchOrder, type LaunchOrder } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { NO_TRACING, type Tracing, withSpan } from '@bachata-buddy/telemetry';
import { isEnded } from '@bachata-buddy/vocabulary';
import { makeConclusion } from './conclusion.ts';
import type { JobLauncher, LaunchOutcome } from './job-launcher.ts';

/** For the log. */
const WORDS: Readonly<Record<LaunchOutcome['kind'], string>> = {
  finished: 'job ended',
  failed: 'job ended',
  interrupted: 'job ended',
  'handed-over': 'job handed over to the platform',
  postponed: 'job not submitted yet',
};

export interface LaunchesUnderWay {
  readonly count: number;
  begin(order: LaunchOrder): void;
  /** Asks the job to stop. False where no such job runs here. */
  stop(taskId: string): boolean;
  /** From now on a job that stops is not to blame for it. Stops those of this process; a platform's go on. */
  close(): void;
  /** Waits for those under way. */
  settled(): Promise<void>;
}

export interface LaunchesUnderWayOptions {
  readonly database: Database;
  readonly launcher: JobLauncher;
  readonly log: Logger;
  /** Each launch is a span of the trace in its order. */
  readonly tracing?: Tracing | undefined;
  /** Told how each launch ended, and after how long. */
  readonly onLaunched?: ((launched: Launched) => void) | undefined;
  /** There is room for another one. */
  readonly onEnd: () => void;
}

/** A launch that is over, or that a platform has taken over. */
export interface Launched {
  readonly outcome: LaunchOutcome;
  /** 1 for a task's first. */
  readonly launch: number;
  readonly durationMs: number;
}

/** The launches that this process waits for, each from its order to what becomes of it. */
export function makeLaunchesUnderWay({
  database,
  launcher,
  log,
  tracing = NO_TRACING,
  onLaunched,
  onEnd,
}: LaunchesUnderWayOptions): LaunchesUnderWay {
  const { platform } = launcher;
  const running = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();
  const conclude = makeConclusion({ database, platform, log });
  let isClosing = false;

  async function launch(order: LaunchOrder, signal: AbortSignal): Promise<void> {
    const { taskId, launch } = order;
    const task = await findTask(database, taskId);
    if (task === null || isEnded(task)) {
      await finishLaunchOrder(database, taskId);
      return;
    }
    const beganMs = performance.now();
    const outcome = await launchInSpan(order, task.userId, signal);
    onLaunched?.({ outcome, launch, durationMs: performance.now() - beganMs });
    await conclude(order, outcome, { isClosing });
  }

  async function launchInSpan(
    { taskId, launch, submission, orderedAtMs, traceparent: ordered }: LaunchOrder,
    userId: number,
    signal: AbortSignal,
  ): Promise<LaunchOutcome> {
    const attributes = { 'task.id': taskId, 'launch.number': launch, 'launch.submission': submission };
    const span = tracing.begin('launch job', { kind: 'producer', traceparent: ordered, attributes });
    const { traceparent } = span;
    return withSpan(span, async () => {
      log.info({ taskId, launch }, 'job launched');
      const outcome = await launcher.launch({
        taskId,
        userId,
        launch,
        submission,
        orderedAtMs,
        traceparent,
        signal,
      });
      log.info({ taskId, launch, outcome }, WORDS[outcome.kind]);
      span.set({ 'launch.outcome': outcome.kind });
      if (outcome.kind === 'failed' || outcome.kind === 'interrupted') span.fail(outcome.kind);
      span.end();
      return outcome;
    });
  }

  return {
    get count() {
      return running.size;
    },
    begin(order) {
      const { taskId } = order;
      const controller = new AbortController();
      const done = launch(order, controller.signal)
        .catch((thrown: unknown) => log.error({ err: thrown, taskId }, 'the end of a job could not be noted'))
        .finally(() => {
          running.delete(taskId);
          onEnd();
        });
      running.set(taskId, { controller, done });
    },
    stop(taskId) {
      running.get(taskId)?.controller.abort();
      return running.has(taskId);
    },
    close() {
      isClosing = true;
      // What has been submitted goes on without this process; only its name is still to be noted.
      if (platform === undefined) for (const { controller } of running.values()) controller.abort();
    },
    async settled() {
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}
