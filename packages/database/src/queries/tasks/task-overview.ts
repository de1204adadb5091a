import type { TaskStatus } from '@bachata-buddy/vocabulary';
import { desc, eq } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { choreographyTasks, launchOrders } from '../../schema/index.ts';
import { run } from '../run.ts';

/** A task as whoever operates the service sees it. */
export interface TaskOverview {
  readonly taskId: string;
  readonly status: TaskStatus;
  /** Percent. */
  readonly progress: number;
  readonly attempt: number;
  /** Null: no job has been wanted for it yet. */
  readonly launches: number | null;
  readonly createdAt: Date;
  readonly heartbeatAt: Date | null;
  /** The platform's execution of the last launch. */
  readonly executionName: string | null;
  readonly error: string | null;
}

/** The newest tasks of all users, newest first; of one status, where one is given. */
export function listTaskOverviews(
  db: Database,
  { limit, status }: { readonly limit: number; readonly status?: TaskStatus | undefined },
): Promise<TaskOverview[]> {
  return run(() =>
    db.orm
      .select({
        taskId: choreographyTasks.taskId,
        status: choreographyTasks.status,
        progress: choreographyTasks.progress,
        attempt: choreographyTasks.attempt,
        launches: launchOrders.launches,
        createdAt: choreographyTasks.createdAt,
        heartbeatAt: choreographyTasks.heartbeatAt,
        executionName: choreographyTasks.jobExecutionName,
        error: choreographyTasks.error,
      })
      .from(choreographyTasks)
      .leftJoin(launchOrders, eq(launchOrders.taskId, choreographyTasks.taskId))
      .where(status === undefined ? undefined : eq(choreographyTasks.status, status))
      .orderBy(desc(choreographyTasks.createdAt), desc(choreographyTasks.taskId))
      .limit(limit),
  );
}
