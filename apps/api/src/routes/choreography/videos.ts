import type { Task } from '@bachata-buddy/database';
import { videoKeyOf } from '@bachata-buddy/vocabulary';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { brokenRule } from '../../http/http-answer.ts';
import { sendObject } from '../../http/send-object.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { CLOSED, invalid, rule } from '../../schemas/errors.ts';
import { DownloadQuerySchema, FILE_ANSWERS } from '../../schemas/media.ts';
import { TaskParamsSchema } from '../../schemas/task.ts';
import { attachmentFor } from '../attachment-for.ts';
import { getOwnedTask } from './owned-task.ts';

const NOT_YOURS = 'You do not have permission to access this video';

/** GET and HEAD /api/choreography/videos/{task_id}/: the video of the caller's own task. */
export const videoRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, store, playback } = context;
  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/choreography/videos/:task_id/',
    compress: false,
    schema: {
      tags: ['media'],
      summary: "The video of one of the caller's own tasks",
      description:
        'Honours `Range` and the conditions of RFC 9110, by tag and by date; where videos lie in a bucket, a redirect to their address there. A file is named so where this service sends it, or the bucket by a signed URL; a CDN sends it without a name.',
      params: TaskParamsSchema,
      querystring: DownloadQuerySchema,
      response: {
        ...FILE_ANSWERS,
        302: Type.Null({ description: 'Where the video plays.' }),
        400: invalid({ download: ['Null characters are not allowed.'] }),
        403: rule(NOT_YOURS),
        404: invalid(
          { error: 'Video is not ready yet. Task status: started' },
          { error: 'Video file not found' },
          { detail: 'Task not found' },
        ),
        ...CLOSED,
      },
    },
    handler: async (request, reply) => {
      const task = await getOwnedTask({
        database,
        taskId: request.params.task_id,
        userId: callerOf(request).id,
        refusal: () => brokenRule('FORBIDDEN', NOT_YOURS),
      });
      const key = getVideoKey(task);
      const facts = await store.stat(key);
      if (facts === null) throw brokenRule('NOT_FOUND', 'Video file not found');
      const attachment = await attachmentFor(database, request, key, { isOwner: true });
      if (!playback.isLocal) {
        // A signed address ends: the next player asks for another.
        const url = await playback.urlOf(key, attachment);
        return reply.header('cache-control', 'no-store').redirect(url, 302);
      }
      return sendObject(request, reply, {
        store,
        key,
        facts,
        attachment,
        cacheControl: 'private, max-age=3600',
      });
    },
  });
};

/** Where the video lies in storage. @throws HttpAnswer 404 where there is none (yet) */
function getVideoKey(task: Task): string {
  if (task.status !== 'completed') {
    throw brokenRule('VIDEO_NOT_READY', `Video is not ready yet. Task status: ${task.status}`);
  }
  const key = videoKeyOf(task.result ?? {});
  if (key === null) throw brokenRule('NOT_FOUND', 'Video path not found in task result');
  return key;
}
