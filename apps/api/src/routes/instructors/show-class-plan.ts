import { findClassPlan } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { RouteContext } from '../../route-context.ts';
import { ClassPlanDetailSchema, ClassPlanParamsSchema } from '../../schemas/class-plan.ts';
import { OF_INSTRUCTORS, ONE_PLAN, PLAN_PATH } from './plan-address.ts';
import { noSuchPlan, planKeyOf } from './plan-id.ts';
import { viewPlanDetail } from './plan-view.ts';

/** GET /api/instructors/class-plans/{id}/ */
export const showClassPlanRoute: FastifyPluginAsyncTypebox<RouteContext> = async (
  app,
  { database, playback },
) => {
  app.get(
    PLAN_PATH,
    {
      config: OF_INSTRUCTORS,
      schema: {
        tags: ['instructors'],
        summary: 'Get class plan details',
        params: ClassPlanParamsSchema,
        response: { 200: ClassPlanDetailSchema, ...ONE_PLAN },
      },
    },
    async (request) => {
      const { classPlanId, instructorId } = planKeyOf(request);
      const plan = await findClassPlan(database, classPlanId, instructorId);
      if (plan === null) throw noSuchPlan();
      return viewPlanDetail(plan, playback);
    },
  );
};
