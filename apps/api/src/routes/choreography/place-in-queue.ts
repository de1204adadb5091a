import { type Database, queuePosition, type TaskWithSong } from '@bachata-buddy/database';

/** A task that waits behind others says so in its message; its stage stays as it is. */
export async function withPlaceInQueue(database: Database, task: TaskWithSong): Promise<TaskWithSong> {
  if (task.status !== 'started') return task;
  const before = await queuePosition(database, task.taskId);
  if (before === null || before === 0) return task;
  const others = before === 1 ? 'one other video' : `${before} other videos`;
  return { ...task, message: `Waiting in the queue: ${others} first...` };
}
