import {
  EXTRA_FIELDS,
  extraKeys,
  isEnded,
  OUTPUT_PREFIX,
  outputKeyOfTask,
  videoKeyOf,
} from '@bachata-buddy/vocabulary';
import { eq } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { clockNow } from '../../schema/columns.ts';
import { choreographyTasks, songs, uploads, users } from '../../schema/index.ts';
import { inTransaction } from '../../transaction.ts';
import { forgetHeard } from '../catalogue/forget-heard.ts';
import { lockBelongingsOf } from '../collections/user-lock.ts';
import { run } from '../run.ts';
import type { Task } from '../tasks/tasks.ts';

/** Rows that one statement writes. */
const AT_ONCE = 1_000;

/** What is to be stopped of a task that had not ended: by which names a platform may know its job. */
export type OpenTask = Pick<Task, 'taskId' | 'jobExecutionName' | 'heldBy'>;

/**
 * Removes an account with all that is its own. Its songs, and its videos, those of tasks under way among them, are noted as such that
 * nobody shows any more, and go with the others of those.
 *
 * @returns the tasks that had not ended, whose jobs are to be stopped; null where there is no such account
 */
export function deleteUser(db: Database, userId: number): Promise<OpenTask[] | null> {
  return run(() =>
    inTransaction(db, async (tx) => {
      await lockBelongingsOf(tx, userId);
      const tasks = await tx
        .select({
          taskId: choreographyTasks.taskId,
          status: choreographyTasks.status,
          result: choreographyTasks.result,
          jobExecutionName: choreographyTasks.jobExecutionName,
          heldBy: choreographyTasks.heldBy,
        })
        .from(choreographyTasks)
        .where(eq(choreographyTasks.userId, userId))
        .for('update');
      const keys = [...new Set(tasks.flatMap(keysOf))].filter((key) => key.startsWith(OUTPUT_PREFIX));
      for (let first = 0; first < keys.length; first += AT_ONCE) {
        const rows = keys.slice(first, first + AT_ONCE).map((key) => ({ key, userId, sizeBytes: 0 }));
        await tx.insert(uploads).values(rows).onConflictDoNothing();
      }
      await tx.update(uploads).set({ releasedAt: clockNow }).where(eq(uploads.userId, userId));
      const heard = await tx
        .select({ contentHash: songs.contentHash })
        .from(songs)
        .where(eq(songs.ownerId, userId));
      const deleted = await tx.delete(users).where(eq(users.id, userId)).returning({ id: users.id });
      if (deleted.length === 0) return null;
      for (const { contentHash } of heard) await forgetHeard(tx, contentHash);
      return tasks
        .filter((task) => !isEnded(task))
        .map(({ taskId, jobExecutionName, heldBy }) => ({ taskId, jobExecutionName, heldBy }));
    }),
  );
}

/** Where a task's video lies and what belongs to it; of one that goes on, where they will. */
function keysOf(task: Pick<Task, 'taskId' | 'status' | 'result'>): string[] {
  const { taskId, result } = task;
  const planned = isEnded(task)
    ? []
    : [outputKeyOfTask(taskId), ...Object.values(extraKeys(outputKeyOfTask(taskId)))];
  const noted = [videoKeyOf(result ?? {}), ...Object.values(EXTRA_FIELDS).map((field) => result?.[field])];
  return [...planned, ...noted.filter((key) => typeof key === 'string')];
}
