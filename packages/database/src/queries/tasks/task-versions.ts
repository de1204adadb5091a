import type { TaskStatus } from '@bachata-buddy/vocabulary';
import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { choreographyTasks } from '../../schema/index.ts';
import { run } from '../run.ts';

/** A practice version of a task, as its original knows it. */
export interface TaskVersion {
  readonly taskId: string;
  readonly version: string;
  readonly status: TaskStatus;
}

/** Of a violated constraint: the task has this version already. */
export const VERSION_CONSTRAINT = 'choreography_tasks_version_unique';

/** The versions of a selected task that have not failed, in the order in which they were made. */
export const versionsOfTask: SQL<TaskVersion[]> = sql`(
  select coalesce(json_agg(
    json_build_object('taskId', v.task_id, 'version', v.version, 'status', v.status)
    order by v.created_at, v.task_id), '[]')
  from choreography_tasks v
  where v.original_task_id = ${choreographyTasks.taskId} and v.status <> 'failed')`;

/** That version of a task, where there is one that has not failed; else null. */
export function findTaskVersion(
  db: Database,
  originalTaskId: string,
  version: string,
): Promise<TaskVersion | null> {
  return run(async () => {
    const { taskId, status } = choreographyTasks;
    const [row] = await db.orm
      .select({ taskId, status })
      .from(choreographyTasks)
      .where(
        and(
          eq(choreographyTasks.originalTaskId, originalTaskId),
          eq(choreographyTasks.version, version),
          ne(status, 'failed'),
        ),
      );
    return row === undefined ? null : { ...row, version };
  });
}
