import { saveChoreography } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { brokenRule, notFound } from '../../http/http-answer.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { CollectionItemSchema, SaveSchema } from '../../schemas/collection.ts';
import { CLOSED, detail, invalid, rule } from '../../schemas/errors.ts';
import { viewItem } from './item-view.ts';

const NO_TASK = 'No ChoreographyTask matches the given query.';
const INCOMPLETE = 'Cannot save incomplete choreography';
const ALREADY_SAVED = 'Choreography already saved';

/** POST /api/collections/save/ */
export const saveRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database, playback }) => {
  app.post(
    '/api/collections/save/',
    {
      schema: {
        tags: ['collections'],
        summary: 'Save choreography to collection',
        body: SaveSchema,
        response: {
          201: CollectionItemSchema,
          400: invalid({ task_id: ['Must be a valid UUID.'] }, { error: INCOMPLETE }),
          404: detail(NO_TASK),
          409: rule(ALREADY_SAVED),
          ...CLOSED,
        },
      },
    },
    async (request, reply) => {
      const { task_id: taskId, ...given } = request.body;
      const saved = await saveChoreography(database, {
        userId: callerOf(request).id,
        taskId: taskId.toLowerCase(),
        ...given,
      });
      switch (saved.outcome) {
        case 'task_not_found':
          throw notFound(NO_TASK);
        case 'task_not_completed':
          throw brokenRule('TASK_UNFINISHED', INCOMPLETE);
        case 'already_saved':
          throw brokenRule('ALREADY_SAVED', ALREADY_SAVED);
        default:
          return reply.code(201).send(await viewItem(saved.choreography, playback));
      }
    },
  );
};
