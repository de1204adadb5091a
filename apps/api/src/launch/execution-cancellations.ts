import { type Database, findTask, type OpenTask } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import type { ExecutionPlatform } from './job-launcher.ts';

export interface ExecutionCancellations {
  /**
   * Ends what a platform runs for a task. Best effort: a failure is logged, and the job stops at its next write.
   *
   * @param deleted what the task was, where it is gone
   */
  cancel(taskId: string, deleted?: OpenTask): void;
  /** Waits for those under way. */
  settled(): Promise<void>;
}

export function makeExecutionCancellations(
  database: Database,
  platform: ExecutionPlatform,
  log: Logger,
): ExecutionCancellations {
  const underWay = new Set<Promise<void>>();

  /** Whatever execution may be at the task: the one it was handed over to, and the one that holds it. */
  async function cancelExecutions(taskId: string, deleted?: OpenTask): Promise<void> {
    const task = deleted ?? (await findTask(database, taskId));
    const { jobExecutionName: launched = null, heldBy = null } = task ?? {};
    const isSame = heldBy !== null && launched?.endsWith(`/${heldBy}`) === true;
    for (const execution of isSame ? [launched] : [launched, heldBy]) {
      if (execution !== null) await platform.cancel(execution);
    }
  }

  return {
    cancel(taskId, deleted) {
      const cancelling = cancelExecutions(taskId, deleted)
        .catch((thrown: unknown) => log.warn({ err: thrown, taskId }, 'an execution could not be cancelled'))
        .finally(() => underWay.delete(cancelling));
      underWay.add(cancelling);
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}
