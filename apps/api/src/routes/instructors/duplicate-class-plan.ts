import { duplicateClassPlan } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { RouteContext } from '../../route-context.ts';
import { ClassPlanDetailSchema, ClassPlanParamsSchema } from '../../schemas/class-plan.ts';
import { OF_INSTRUCTORS, ONE_PLAN, PLAN_PATH } from './plan-address.ts';
import { noSuchPlan, planKeyOf } from './plan-id.ts';
import { viewPlanDetail } from './plan-view.ts';

/** POST /api/instructors/class-plans/{id}/duplicate/ */
export const duplicateClassPlanRoute: FastifyPluginAsyncTypebox<RouteContext> = async (
  app,
  { database, playback },
) => {
  app.post(
    `${PLAN_PATH}duplicate/`,
    {
      config: OF_INSTRUCTORS,
      schema: {
        tags: ['instructors'],
        summary: 'Duplicate class plan',
        params: ClassPlanParamsSchema,
        response: { 201: ClassPlanDetailSchema, ...ONE_PLAN },
      },
    },
    async (request, reply) => {
      const { classPlanId, instructorId } = planKeyOf(request);
      const copy = await duplicateClassPlan(database, classPlanId, instructorId);
      if (copy === null) throw noSuchPlan();
      return reply.code(201).send(await viewPlanDetail(copy, playback));
    },
  );
};
