import { type Database, findTask, finishLaunchOrder, type LaunchOrder } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
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
  /** There is room for another one. */
  readonly onEnd: () => void;
}

/** The launches that this process waits for, each from its order to what becomes of it. */
export function makeLaunchesUnderWay({
  database,
  launcher,
  log,
  onEnd,
}: LaunchesUnderWayOptions): LaunchesUnderWay {
  const { platform } = launcher;
  const running = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();
  const conclude = makeConclusion({ database, platform, log });
  let isClosing = false;

  async function launch(order: LaunchOrder, signal: AbortSignal): Promise<void> {
    const { taskId, launch, submission } = order;
    const task = await findTask(database, taskId);
    if (task === null || task.status === 'completed' || task.status === 'failed') {
      await finishLaunchOrder(database, taskId);
      return;
    }
    log.info({ taskId, launch }, 'job launched');
    const outcome = await launcher.launch({ taskId, userId: task.userId, launch, submission, signal });
    log.info({ taskId, launch, outcome }, WORDS[outcome.kind]);
    await conclude(order, outcome, { isClosing });
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
