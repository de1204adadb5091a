import { saveChoreography } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { brokenRule, notFound } from '../../http/http-answer.ts';
import { callerOf } from '../../plugins/authentication.ts';
import { CollectionItemSchema, SaveSchema } from '../../schemas/collection.ts';
import { CLOSED, DetailSchema, InvalidSchema, RuleSchema } from '../../schemas/errors.ts';
import type { RouteContext } from '../route-context.ts';
import { viewItem } from './item-view.ts';

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
          400: InvalidSchema,
          404: DetailSchema,
          409: RuleSchema,
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
          throw notFound('No ChoreographyTask matches the given query.');
        case 'task_not_completed':
          throw brokenRule(400, 'Cannot save incomplete choreography');
        case 'already_saved':
          throw brokenRule(409, 'Choreography already saved');
        default:
          return reply.code(201).send(await viewItem(saved.choreography, playback));
      }
    },
  );
};
