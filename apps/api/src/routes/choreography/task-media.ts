import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { RouteContext } from '../../route-context.ts';
import { detail, ONE_TASK } from '../../schemas/errors.ts';
import { TaskParamsSchema } from '../../schemas/task.ts';
import { TaskMediaSchema } from '../../schemas/task-media.ts';
import { getSoundBlueprint, NO_BLUEPRINT, UNREADABLE_BLUEPRINT } from './blueprint-of-task.ts';
import { signDanceMedia } from './dance-media.ts';
import { getCallersTask } from './owned-task.ts';

/** GET /api/choreography/tasks/{task_id}/media/: where its owner's page plays the clips and the song of a task. */
export const taskMediaRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, store, signedMedia } = context;
  app.get(
    '/api/choreography/tasks/:task_id/media/',
    {
      schema: {
        tags: ['choreography'],
        summary: "Get addresses of the clips and the song of one of the caller's own tasks",
        description:
          'To play a dance before it is rendered, or a move by itself. Each address is signed for one file and ends ' +
          'after about an hour; whoever has it may read that file until then.',
        params: TaskParamsSchema,
        response: {
          200: TaskMediaSchema,
          ...ONE_TASK,
          404: detail('Task not found', NO_BLUEPRINT, UNREADABLE_BLUEPRINT),
        },
      },
    },
    async (request) => {
      const task = await getCallersTask(database, request);
      const blueprint = await getSoundBlueprint(database, task);
      return signDanceMedia({ store, signedMedia }, { blueprint, song: task.song });
    },
  );
};
