import { deleteClassPlan } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { RouteContext } from '../../route-context.ts';
import { ClassPlanParamsSchema } from '../../schemas/class-plan.ts';
import { OF_INSTRUCTORS, ONE_PLAN, PLAN_PATH } from './plan-address.ts';
import { noSuchPlan, planKeyOf } from './plan-id.ts';

/** DELETE /api/instructors/class-plans/{id}/ */
export const deleteClassPlanRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  app.delete(
    PLAN_PATH,
    {
      config: OF_INSTRUCTORS,
      schema: {
        tags: ['instructors'],
        summary: 'Delete class plan',
        description: 'Its sequences go; the choreographies stay in the collection.',
        params: ClassPlanParamsSchema,
        response: { 204: Type.Null({ description: 'Deleted' }), ...ONE_PLAN },
      },
    },
    async (request, reply) => {
      const { classPlanId, instructorId } = planKeyOf(request);
      if (!(await deleteClassPlan(database, classPlanId, instructorId))) throw noSuchPlan();
      return reply.code(204).send(null);
    },
  );
};
