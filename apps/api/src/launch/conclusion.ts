import {
  type Database,
  failTask,
  finishLaunchOrder,
  type LaunchOrder,
  recordHandOver,
  releaseLaunchOrder,
} from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { ASSEMBLY_FAILED, MAX_ATTEMPTS } from '@bachata-buddy/vocabulary';
import type { ExecutionPlatform, LaunchOutcome } from './job-launcher.ts';

export const STOPPED_UNEXPECTEDLY = 'The rendering job stopped unexpectedly.';
/** Before a second launch; a third waits twice as long. */
const RELAUNCH_DELAY_SEC = 1;
const MAX_POSTPONEMENT_SEC = 30;

export interface ConclusionOptions {
  readonly database: Database;
  readonly platform: ExecutionPlatform | undefined;
  readonly log: Logger;
}

/** Decides what becomes of a task and its order when a launch has ended, or a platform has taken it over. */
export function makeConclusion({ database, platform, log }: ConclusionOptions) {
  async function relaunchOrGiveUp({ taskId, launch, countedLaunch }: LaunchOrder): Promise<void> {
    if (countedLaunch >= MAX_ATTEMPTS) {
      await failTask(database, taskId, STOPPED_UNEXPECTEDLY, { message: ASSEMBLY_FAILED });
      return;
    }
    await releaseLaunchOrder(database, taskId, {
      delaySec: RELAUNCH_DELAY_SEC * countedLaunch,
      ifLaunches: launch,
    });
  }

  /** What a platform runs although nobody wants it any more is ended there. */
  async function handOver({ taskId, launch }: LaunchOrder, executionName: string): Promise<void> {
    if (await recordHandOver(database, taskId, { launch, executionName })) return;
    log.info({ taskId, executionName }, 'the task has ended meanwhile: its execution is cancelled');
    await platform?.cancel(executionName);
  }

  /** However often: what the platform cannot take is no fault of the task, and the queue has a longest wait. */
  async function submitLater({ taskId, launch, submission }: LaunchOrder): Promise<void> {
    const delaySec = Math.min(2 ** submission, MAX_POSTPONEMENT_SEC);
    await releaseLaunchOrder(database, taskId, { delaySec, ifLaunches: launch, isSameLaunch: true });
  }

  return async (
    order: LaunchOrder,
    outcome: LaunchOutcome,
    { isClosing }: { isClosing: boolean },
  ): Promise<void> => {
    const { taskId, launch } = order;
    if (outcome.kind === 'finished') await finishLaunchOrder(database, taskId);
    else if (outcome.kind === 'handed-over') await handOver(order, outcome.executionName);
    else if (outcome.kind === 'postponed') await submitLater(order);
    else if (outcome.kind === 'failed') {
      await failTask(database, taskId, outcome.reason, { message: ASSEMBLY_FAILED });
    } else if (isClosing) {
      // A shutdown of the service is not the job's doing.
      await releaseLaunchOrder(database, taskId, { ifLaunches: launch, isExcused: true });
    } else await relaunchOrGiveUp(order);
  };
}
