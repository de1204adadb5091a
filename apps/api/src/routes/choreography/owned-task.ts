import { type Database, findTask, type TaskWithSong } from '@bachata-buddy/database';
import type { FastifyRequest } from 'fastify';
import { forbidden, type HttpAnswer, notFound } from '../../http/http-answer.ts';
import { isUuid } from '../../http/path-ids.ts';
import { callerOf } from '../../plugins/authentication.ts';

export interface OwnedTaskOptions {
  readonly database: Database;
  readonly taskId: string;
  readonly userId: number;
  /** The answer to somebody else's task. */
  readonly refusal: () => HttpAnswer;
}

/** The caller's own task. @throws HttpAnswer 404 `Task not found`, or the refusal */
export async function getOwnedTask(options: OwnedTaskOptions): Promise<TaskWithSong> {
  const taskId = options.taskId.toLowerCase();
  const task = isUuid(taskId) ? await findTask(options.database, taskId) : null;
  if (task === null) throw notFound('Task not found');
  if (task.userId !== options.userId) throw options.refusal();
  return task;
}

/** The task that the address names. @throws HttpAnswer 404 where there is none, 403 where it is not the caller's */
export function getCallersTask(database: Database, request: FastifyRequest): Promise<TaskWithSong> {
  const { task_id: taskId } = request.params as { task_id: string };
  const refusal = () => forbidden('You do not have permission to access this task');
  return getOwnedTask({ database, taskId, userId: callerOf(request).id, refusal });
}
