import { deleteClassPlan, duplicateClassPlan, findClassPlan, updateClassPlan } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  ClassPlanBodySchema,
  ClassPlanDetailSchema,
  ClassPlanParamsSchema,
  ClassPlanPatchSchema,
  ClassPlanSchema,
} from '../../schemas/class-plan.ts';
import { detail, FOR_INSTRUCTORS, missing } from '../../schemas/errors.ts';
import type { RouteContext } from '../route-context.ts';
import { NO_PLAN, noSuchPlan, planKeyOf } from './plan-id.ts';
import { patchOf } from './plan-patch.ts';
import { viewPlan, viewPlanDetail } from './plan-view.ts';

const PLAN_PATH = '/api/instructors/class-plans/:id/';
const config = { access: 'instructor' } as const;
const tags = ['instructors'];
const ONE_PLAN = { 404: detail(NO_PLAN), ...FOR_INSTRUCTORS };

/** One of the caller's class plans: show, change, delete, duplicate. */
export const classPlanRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (
  app,
  { database, playback },
) => {
  app.get(
    PLAN_PATH,
    {
      config,
      schema: {
        tags,
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

  for (const method of ['PUT', 'PATCH'] as const) {
    app.route({
      method,
      url: PLAN_PATH,
      config,
      schema: {
        tags,
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

  app.delete(
    PLAN_PATH,
    {
      config,
      schema: {
        tags,
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

  app.post(
    `${PLAN_PATH}duplicate/`,
    {
      config,
      schema: {
        tags,
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
