import { reorderClassPlanSequences } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { brokenRule } from '../../http/http-answer.ts';
import type { RouteContext } from '../../route-context.ts';
import { ClassPlanParamsSchema, ReorderedSchema, ReorderSchema } from '../../schemas/class-plan.ts';
import { invalid } from '../../schemas/errors.ts';
import { OF_INSTRUCTORS, ONE_SEQUENCE, PLAN_PATH } from './plan-address.ts';
import { noSuchPlan, planKeyOf } from './plan-id.ts';

/** POST /api/instructors/class-plans/{id}/reorder-sequences/ */
export const reorderSequencesRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  app.post(
    `${PLAN_PATH}reorder-sequences/`,
    {
      config: OF_INSTRUCTORS,
      schema: {
        tags: ['instructors'],
        summary: 'Reorder the sequences of a plan',
        params: ClassPlanParamsSchema,
        body: ReorderSchema,
        response: {
          200: ReorderedSchema,
          400: invalid({ sequence_ids: ['This list may not be empty.'] }, { error: 'Invalid sequence IDs' }),
          ...ONE_SEQUENCE,
        },
      },
    },
    async (request) => {
      const sequenceIds = request.body.sequence_ids;
      const reordered = await reorderClassPlanSequences(database, { ...planKeyOf(request), sequenceIds });
      if (reordered.outcome === 'plan_not_found') throw noSuchPlan();
      if (reordered.outcome !== 'reordered') throw brokenRule('ORDER_INVALID', 'Invalid sequence IDs');
      return {
        message: 'Sequences reordered successfully',
        sequences: reordered.sequences.map(({ id, sequenceOrder }) => ({
          id,
          sequence_order: sequenceOrder,
        })),
      };
    },
  );
};
