import { type Database, failTask, finishLaunchOrder, releaseLaunchOrder } from '@bachata-buddy/database';
import type { LaunchOutcome } from './job-launcher.ts';

/** After so many launches that ended in nothing, a task is given up. */
export const MAX_LAUNCHES = 3;
export const STOPPED_UNEXPECTEDLY = 'The rendering job stopped unexpectedly.';
const FAILED_MESSAGE = 'Video assembly failed';
/** Before a second launch; a third waits twice as long. */
const RELAUNCH_DELAY_SEC = 1;

/**
 * Decides what becomes of a task and its order when a launch has ended. Remembers how often each task's job was
 * interrupted; a shutdown of the service does not count, for it is not the job's doing.
 */
export function makeConclusion(database: Database) {
  const interruptions = new Map<string, number>();

  async function relaunchOrGiveUp(taskId: string): Promise<void> {
    const count = (interruptions.get(taskId) ?? 0) + 1;
    interruptions.delete(taskId);
    if (count >= MAX_LAUNCHES) {
      await failTask(database, taskId, STOPPED_UNEXPECTEDLY, { message: FAILED_MESSAGE });
      return;
    }
    // A task that has ended meanwhile (cancelled) is not released.
    const isReleased = await releaseLaunchOrder(database, taskId, { delaySec: RELAUNCH_DELAY_SEC * count });
    if (isReleased) interruptions.set(taskId, count);
  }

  return async (
    taskId: string,
    outcome: LaunchOutcome,
    { isClosing }: { isClosing: boolean },
  ): Promise<void> => {
    if (outcome.kind === 'interrupted') {
      if (isClosing) await releaseLaunchOrder(database, taskId);
      else await relaunchOrGiveUp(taskId);
      return;
    }
    interruptions.delete(taskId);
    if (outcome.kind === 'finished') await finishLaunchOrder(database, taskId);
    else await failTask(database, taskId, outcome.reason, { message: FAILED_MESSAGE });
  };
}
