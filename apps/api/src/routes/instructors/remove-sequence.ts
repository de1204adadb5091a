import { removeClassPlanSequence } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { RouteContext } from '../../route-context.ts';
import { SequenceParamsSchema } from '../../schemas/class-plan.ts';
import { OF_INSTRUCTORS, ONE_SEQUENCE, SEQUENCE_PATH } from './plan-address.ts';
import { sequenceKeyOf } from './plan-id.ts';
import { absenceOf } from './sequence-refusals.ts';

/** DELETE /api/instructors/class-plans/{id}/sequences/{sequence_id}/ */
export const removeSequenceRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  app.delete(
    SEQUENCE_PATH,
    {
      config: OF_INSTRUCTORS,
      schema: {
        tags: ['instructors'],
        summary: 'Remove a sequence',
        description: 'Those after it move up.',
        params: SequenceParamsSchema,
        response: { 204: Type.Null({ description: 'Removed' }), ...ONE_SEQUENCE },
      },
    },
    async (request, reply) => {
      const { outcome } = await removeClassPlanSequence(database, sequenceKeyOf(request));
      if (outcome !== 'removed') throw absenceOf(outcome);
      return reply.code(204).send(null);
    },
  );
};
