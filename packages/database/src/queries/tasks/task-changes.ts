import { and, eq, getTableColumns, inArray } from 'drizzle-orm';
import pg from 'pg';
import type { Database } from '../../connect.ts';
import { databaseError } from '../../database-error.ts';
import { choreographyTasks, songs, users } from '../../schema/index.ts';
import { run } from '../run.ts';
import { versionsOfTask } from './task-versions.ts';
import type { TaskWithSong } from './tasks.ts';

/** The channel that the table's triggers write to; the payload is the task's id. */
const CHANNEL = 'choreography_task_changes';

/** Those of the tasks that are still there and whose owners' accounts are active, in no order. */
export function findWatchableTasks(db: Database, taskIds: readonly string[]): Promise<TaskWithSong[]> {
  return run(async () => {
    const rows = await db.orm
      .select({ task: getTableColumns(choreographyTasks), song: songs, versions: versionsOfTask })
      .from(choreographyTasks)
      .innerJoin(users, eq(users.id, choreographyTasks.userId))
      .leftJoin(songs, eq(songs.id, choreographyTasks.songId))
      .where(and(inArray(choreographyTasks.taskId, [...taskIds]), eq(users.isActive, true)));
    return rows.map(({ task, ...rest }) => ({ ...task, ...rest }));
  });
}

export interface TaskChangeHandlers {
  /** A task was changed or deleted, by whatever process. */
  readonly onChange: (taskId: string) => void;
  /** The connection is gone, and with it what is changed from now on. Not called after `close`. */
  readonly onLost: () => void;
}

export interface TaskChangeListener {
  close(): Promise<void>;
}

/**
 * Hears of changed tasks at once, over one connection of its own beside the pool. A change is heard after its
 * transaction was committed. Changes before the promise is kept, or after `onLost`, are not heard of: look then.
 *
 * @throws AppError `DB_UNAVAILABLE`
 */
export async function listenForTaskChanges(
  db: Database,
  { onChange, onLost }: TaskChangeHandlers,
): Promise<TaskChangeListener> {
  const client = new pg.Client(db.pool.options);
  let isListening = false;
  // The end follows every error, and says it once.
  client.on('error', () => {});
  client.on('end', () => {
    if (isListening) onLost();
    isListening = false;
  });
  client.on('notification', ({ payload }) => {
    if (payload !== undefined) onChange(payload);
  });
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
  } catch (thrown) {
    await client.end();
    throw databaseError(thrown);
  }
  isListening = true;
  return {
    close() {
      isListening = false;
      return client.end();
    },
  };
}
