import { updateClassPlanSequence } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { RouteContext } from '../../route-context.ts';
import { SequenceParamsSchema, SequencePatchSchema, SequenceSchema } from '../../schemas/class-plan.ts';
import { OF_INSTRUCTORS, ONE_SEQUENCE, SEQUENCE_PATH } from './plan-address.ts';
import { sequenceKeyOf } from './plan-id.ts';
import { viewSequence } from './plan-view.ts';
import { absenceOf, UNFIT_SEQUENCE } from './sequence-refusals.ts';

/** PUT /api/instructors/class-plans/{id}/sequences/{sequence_id}/ */
export const changeSequenceRoute: FastifyPluginAsyncTypebox<RouteContext> = async (
  app,
  { database, playback },
) => {
  app.put(
    SEQUENCE_PATH,
    {
      config: OF_INSTRUCTORS,
      schema: {
        tags: ['instructors'],
        summary: 'Change a sequence',
        description: 'What is absent stays as it is.',
        params: SequenceParamsSchema,
        body: SequencePatchSchema,
        response: { 200: SequenceSchema, 400: UNFIT_SEQUENCE, ...ONE_SEQUENCE },
      },
    },
    async (request) => {
      const { notes, estimated_time: minutes } = request.body;
      const updated = await updateClassPlanSequence(database, sequenceKeyOf(request), {
        ...(notes === undefined ? {} : { notes }),
        ...(minutes === undefined ? {} : { estimatedTimeMinutes: minutes }),
      });
      if (updated.outcome !== 'updated') throw absenceOf(updated.outcome);
      return viewSequence(updated.sequence, playback);
    },
  );
};
