import { cancelTask, listTasks, type TaskWithSong } from '@bachata-buddy/database';
import type { TaskStatus } from '@bachata-buddy/vocabulary';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addressOf } from '../../http/address.ts';
import { brokenRule, notFound } from '../../http/http-answer.ts';
import { paginate, parsePage, parsePageSizeLeniently } from '../../http/pagination.ts';
import { isTrue } from '../../http/query-string.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { CLOSED, invalid, NO_PAGE, ONE_TASK } from '../../schemas/errors.ts';
import {
  CancelledSchema,
  TaskPageSchema,
  TaskParamsSchema,
  TaskQuerySchema,
  TaskSchema,
} from '../../schemas/task.ts';
import { getCallersTask } from './owned-task.ts';
import { withPlaceInQueue } from './place-in-queue.ts';
import { parseTaskFilter, UNKNOWN_STATUS } from './task-filter.ts';
import { posterOf, showTask, showTaskItem, viewTaskItem } from './task-view.ts';

/** GET the list; GET and DELETE of one task. */
export const taskRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, config, playback } = context;

  app.get(
    '/api/choreography/tasks/',
    {
      // The usual one writes fields that may be absent after all others.
      serializerCompiler: () => JSON.stringify,
      schema: {
        tags: ['choreography'],
        summary: "List user's tasks",
        querystring: TaskQuerySchema,
        response: {
          200: TaskPageSchema,
          400: invalid({ error: UNKNOWN_STATUS }, { error: 'song_id must be a valid integer' }),
          404: NO_PAGE,
          ...CLOSED,
        },
      },
    },
    async (request) => {
      const userId = callerOf(request).id;
      const filter = { userId, ...parseTaskFilter(request.query) };
      const show = isTrue(request.query.details)
        ? showTaskItem
        : async (task: TaskWithSong) => ({ ...viewTaskItem(task), ...(await posterOf(task, playback)) });
      const page = await paginate({
        request: {
          page: parsePage(request.query.page),
          pageSize: parsePageSizeLeniently(request.query.page_size),
        },
        url: addressOf(request, config.PUBLIC_URL),
        load: (window) => listTasks(database, { ...filter, ...window }),
      });
      return { ...page, results: await Promise.all(page.results.map((task) => show(task, playback))) };
    },
  );

  app.get(
    '/api/choreography/tasks/:task_id/',
    {
      // The usual one writes fields that may be absent after all others.
      serializerCompiler: () => JSON.stringify,
      schema: {
        tags: ['choreography'],
        summary: 'Get task status and progress',
        params: TaskParamsSchema,
        response: { 200: TaskSchema, ...ONE_TASK },
      },
    },
    async (request) => {
      const task = await getCallersTask(database, request);
      return showTask(await withPlaceInQueue(database, task), playback);
    },
  );

  app.delete(
    '/api/choreography/tasks/:task_id/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Cancel a task',
        params: TaskParamsSchema,
        response: {
          200: CancelledSchema,
          400: invalid({ error: cannotCancelText('completed') }),
          ...ONE_TASK,
        },
      },
    },
    async (request) => {
      const task = await getCallersTask(database, request);
      const outcome = await cancelTask(database, task.taskId, task.userId);
      if (!outcome.cancelled)
        throw outcome.status === null
          ? notFound('Task not found')
          : brokenRule('TASK_ENDED', cannotCancelText(outcome.status));
      app.launches.cancel(task.taskId);
      return { message: 'Task cancelled successfully', task_id: task.taskId, status: 'failed' };
    },
  );
};

function cannotCancelText(status: TaskStatus): string {
  return `Cannot cancel task with status "${status}". Only started or running tasks can be cancelled.`;
}
