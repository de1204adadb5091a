import { findClassPlanSummary, instructorStats } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { PAGE_CONTENT_SECURITY_POLICY } from '../../http/printed-page.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  ClassPlanParamsSchema,
  ClassPlanSummarySchema,
  InstructorStatsSchema,
} from '../../schemas/class-plan.ts';
import { detail, FOR_INSTRUCTORS } from '../../schemas/errors.ts';
import { NO_PLAN, noSuchPlan, planKeyOf } from './plan-id.ts';
import { viewSummary } from './plan-view.ts';
import { printPlan } from './printed-plan.ts';

const config = { access: 'instructor' } as const;
const tags = ['instructors'];

/** Figures of one class plan and of all, and the plan on paper. */
export const instructorFigureRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  app.get(
    '/api/instructors/class-plans/:id/summary/',
    {
      config,
      schema: {
        tags,
        summary: 'Get plan summary',
        params: ClassPlanParamsSchema,
        response: { 200: ClassPlanSummarySchema, 404: detail(NO_PLAN), ...FOR_INSTRUCTORS },
      },
    },
    async (request) => {
      const { classPlanId, instructorId } = planKeyOf(request);
      const summary = await findClassPlanSummary(database, classPlanId, instructorId);
      if (summary === null) throw noSuchPlan();
      return viewSummary(summary);
    },
  );

  app.get(
    '/api/instructors/class-plans/:id/export/',
    {
      config,
      schema: {
        tags,
        summary: 'Get the plan as a page to print',
        params: ClassPlanParamsSchema,
        response: {
          200: {
            description: 'The page',
            content: { 'text/html': { schema: Type.String(), example: '<!doctype html>…' } },
          },
          404: detail(NO_PLAN),
          ...FOR_INSTRUCTORS,
        },
      },
    },
    async (request, reply) => {
      const { classPlanId, instructorId } = planKeyOf(request);
      const summary = await findClassPlanSummary(database, classPlanId, instructorId);
      if (summary === null) throw noSuchPlan();
      return reply
        .header('content-security-policy', PAGE_CONTENT_SECURITY_POLICY)
        .type('text/html; charset=utf-8')
        .send(printPlan(summary, new Date()));
    },
  );

  app.get(
    '/api/instructors/stats/',
    {
      config,
      schema: {
        tags,
        summary: 'Get instructor statistics',
        response: { 200: InstructorStatsSchema, ...FOR_INSTRUCTORS },
      },
    },
    async (request) => {
      const stats = await instructorStats(database, callerOf(request).id);
      return {
        total_class_plans: stats.totalClassPlans,
        total_unique_choreographies: stats.totalUniqueChoreographies,
        difficulty_breakdown: stats.difficultyBreakdown,
        recent_count: stats.recentCount,
        avg_sequences_per_plan: stats.avgSequencesPerPlan,
      };
    },
  );
};
