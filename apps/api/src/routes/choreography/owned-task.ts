import { type Database, findTask, type TaskWithSong } from '@bachata-buddy/database';
import { type HttpAnswer, notFound } from '../../http/http-answer.ts';
import { isUuid } from '../../http/path-ids.ts';

export interface OwnedTaskOptions {
  readonly database: Database;
  readonly taskId: string;
  readonly userId: number;
  /** The answer to somebody else's task. */
  readonly refusal: HttpAnswer;
}

/** The caller's own task. @throws HttpAnswer 404 `Task not found`, or the refusal */
export async function getOwnedTask(options: OwnedTaskOptions): Promise<TaskWithSong> {
  const taskId = options.taskId.toLowerCase();
  const task = isUuid(taskId) ? await findTask(options.database, taskId) : null;
  if (task === null) throw notFound('Task not found');
  if (task.userId !== options.userId) throw options.refusal;
  return task;
}
