import { type AddSequenceOutcome, addClassPlanSequence } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { brokenRule } from '../../http/http-answer.ts';
import type { RouteContext } from '../../route-context.ts';
import { AddSequenceSchema, ClassPlanParamsSchema, SequenceSchema } from '../../schemas/class-plan.ts';
import { detail, FOR_INSTRUCTORS } from '../../schemas/errors.ts';
import { NO_ITEM, noSuchItem } from '../collections/item-id.ts';
import { OF_INSTRUCTORS, PLAN_PATH } from './plan-address.ts';
import { NO_PLAN, noSuchPlan, planKeyOf } from './plan-id.ts';
import { viewSequence } from './plan-view.ts';
import { FULL, INCOMPLETE, UNFIT_SEQUENCE } from './sequence-refusals.ts';

/** POST /api/instructors/class-plans/{id}/add-sequence/, and the same under its other name, sequences/. */
export const addSequenceRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (
  app,
  { database, playback },
) => {
  for (const name of ['add-sequence', 'sequences']) {
    app.post(
      `${PLAN_PATH}${name}/`,
      {
        config: OF_INSTRUCTORS,
        schema: {
          tags: ['instructors'],
          summary: 'Add sequence to plan',
          params: ClassPlanParamsSchema,
          body: AddSequenceSchema,
          response: {
            201: SequenceSchema,
            400: UNFIT_SEQUENCE,
            ...FOR_INSTRUCTORS,
            404: detail(NO_PLAN, NO_ITEM),
          },
        },
      },
      async (request, reply) => {
        const { choreography_id: choreographyId, order, notes, estimated_time: minutes } = request.body;
        const added = await addClassPlanSequence(database, {
          ...planKeyOf(request),
          choreographyId: choreographyId.toLowerCase(),
          ...(order === undefined ? {} : { position: order }),
          ...(notes === undefined ? {} : { notes }),
          ...(minutes === undefined ? {} : { estimatedTimeMinutes: minutes }),
        });
        if (added.outcome !== 'added') throw refusalOf(added.outcome);
        return reply.code(201).send(await viewSequence(added.sequence, playback));
      },
    );
  }
};

function refusalOf(outcome: Exclude<AddSequenceOutcome['outcome'], 'added'>) {
  if (outcome === 'plan_not_found') return noSuchPlan();
  if (outcome === 'choreography_not_found') return noSuchItem();
  return outcome === 'plan_full' ? brokenRule('PLAN_FULL', FULL) : brokenRule('TASK_UNFINISHED', INCOMPLETE);
}
