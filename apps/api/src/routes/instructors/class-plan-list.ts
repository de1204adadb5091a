import { createClassPlan, listClassPlans } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addressOf } from '../../http/address.ts';
import { paginate, parsePage, parsePageSizeClamped } from '../../http/pagination.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  ClassPlanBodySchema,
  ClassPlanPageSchema,
  ClassPlanQuerySchema,
  ClassPlanSchema,
} from '../../schemas/class-plan.ts';
import { FOR_INSTRUCTORS, invalid, missing, NO_PAGE } from '../../schemas/errors.ts';
import { parsePlanFilter } from './plan-filter.ts';
import { patchOf } from './plan-patch.ts';
import { viewPlan } from './plan-view.ts';

const LIST_PATH = '/api/instructors/class-plans/';
const config = { access: 'instructor' } as const;
const tags = ['instructors'];

/** The caller's class plans: list and create. */
export const classPlanListRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database } = context;

  app.get(
    LIST_PATH,
    {
      config,
      schema: {
        tags,
        summary: 'List class plans',
        querystring: ClassPlanQuerySchema,
        response: {
          200: ClassPlanPageSchema,
          400: invalid({
            difficulty_level: ['Select a valid choice. bogus is not one of the available choices.'],
          }),
          404: NO_PAGE,
          ...FOR_INSTRUCTORS,
        },
      },
    },
    async (request) => {
      const filter = { instructorId: callerOf(request).id, ...parsePlanFilter(request.query) };
      const page = await paginate({
        request: {
          page: parsePage(request.query.page),
          pageSize: parsePageSizeClamped(request.query.page_size),
        },
        url: addressOf(request, context.config.PUBLIC_URL),
        load: (window) => listClassPlans(database, { ...filter, ...window }),
      });
      return { ...page, results: page.results.map(viewPlan) };
    },
  );

  app.post(
    LIST_PATH,
    {
      config,
      schema: {
        tags,
        summary: 'Create class plan',
        body: ClassPlanBodySchema,
        response: { 201: ClassPlanSchema, 400: missing('title', 'difficulty_level'), ...FOR_INSTRUCTORS },
      },
    },
    async (request, reply) => {
      const { title, difficulty_level: difficultyLevel } = request.body;
      const values = { ...patchOf(request.body), title, difficultyLevel };
      const plan = await createClassPlan(database, { instructorId: callerOf(request).id, ...values });
      return reply.code(201).send(viewPlan(plan));
    },
  );
};
