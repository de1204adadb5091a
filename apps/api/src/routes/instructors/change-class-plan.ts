import { updateClassPlan } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { RouteContext } from '../../route-context.ts';
import {
  ClassPlanBodySchema,
  ClassPlanParamsSchema,
  ClassPlanPatchSchema,
  ClassPlanSchema,
} from '../../schemas/class-plan.ts';
import { missing } from '../../schemas/errors.ts';
import { OF_INSTRUCTORS, ONE_PLAN, PLAN_PATH } from './plan-address.ts';
import { noSuchPlan, planKeyOf } from './plan-id.ts';
import { patchOf } from './plan-patch.ts';
import { viewPlan } from './plan-view.ts';

/** PUT and PATCH /api/instructors/class-plans/{id}/ */
export const changeClassPlanRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: PLAN_PATH,
      config: OF_INSTRUCTORS,
      schema: {
        tags: ['instructors'],
        summary: method === 'PUT' ? 'Update class plan' : 'Update part of a class plan',
        params: ClassPlanParamsSchema,
        body: method === 'PUT' ? ClassPlanBodySchema : ClassPlanPatchSchema,
        response: { 200: ClassPlanSchema, 400: missing('difficulty_level'), ...ONE_PLAN },
      },
      handler: async (request) => {
        const { classPlanId, instructorId } = planKeyOf(request);
        const plan = await updateClassPlan(database, classPlanId, instructorId, patchOf(request.body));
        if (plan === null) throw noSuchPlan();
        return viewPlan(plan);
      },
    });
  }
};
