import {
  type AddSequenceOutcome,
  addClassPlanSequence,
  MAX_CLASS_PLAN_SEQUENCES,
  removeClassPlanSequence,
  reorderClassPlanSequences,
  updateClassPlanSequence,
} from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { brokenRule } from '../../http/http-answer.ts';
import {
  AddSequenceSchema,
  ClassPlanParamsSchema,
  ReorderedSchema,
  ReorderSchema,
  SequenceParamsSchema,
  SequencePatchSchema,
  SequenceSchema,
} from '../../schemas/class-plan.ts';
import { detail, FOR_INSTRUCTORS, invalid } from '../../schemas/errors.ts';
import { NO_ITEM, noSuchItem } from '../collections/item-id.ts';
import type { RouteContext } from '../route-context.ts';
import { NO_PLAN, NO_SEQUENCE, noSuchPlan, noSuchSequence, planKeyOf, sequenceKeyOf } from './plan-id.ts';
import { viewSequence } from './plan-view.ts';

const PLAN_PATH = '/api/instructors/class-plans/:id/';
const SEQUENCE_PATH = `${PLAN_PATH}sequences/:sequence_id/`;
const config = { access: 'instructor' } as const;
const tags = ['instructors'];
const ONE_PLAN = { 404: detail(NO_PLAN, NO_SEQUENCE), ...FOR_INSTRUCTORS };

const INCOMPLETE = 'Cannot save incomplete choreography';
const FULL = `A class plan may have ${MAX_CLASS_PLAN_SEQUENCES} sequences at most`;

const UNFIT_SEQUENCE = invalid(
  { estimated_time: ['Estimated time must be positive'] },
  { error: INCOMPLETE },
  { error: FULL },
);

/** The choreographies of a class plan: add, change, remove, reorder. */
export const sequenceRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (
  app,
  { database, playback },
) => {
  for (const name of ['add-sequence', 'sequences']) {
    app.post(
      `${PLAN_PATH}${name}/`,
      {
        config,
        schema: {
          tags,
          summary: 'Add sequence to plan',
          params: ClassPlanParamsSchema,
          body: AddSequenceSchema,
          response: { 201: SequenceSchema, 400: UNFIT_SEQUENCE, ...ONE_PLAN, 404: detail(NO_PLAN, NO_ITEM) },
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

  app.put(
    SEQUENCE_PATH,
    {
      config,
      schema: {
        tags,
        summary: 'Change a sequence',
        description: 'What is absent stays as it is.',
        params: SequenceParamsSchema,
        body: SequencePatchSchema,
        response: { 200: SequenceSchema, 400: UNFIT_SEQUENCE, ...ONE_PLAN },
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

  app.delete(
    SEQUENCE_PATH,
    {
      config,
      schema: {
        tags,
        summary: 'Remove a sequence',
        description: 'Those after it move up.',
        params: SequenceParamsSchema,
        response: { 204: Type.Null({ description: 'Removed' }), ...ONE_PLAN },
      },
    },
    async (request, reply) => {
      const { outcome } = await removeClassPlanSequence(database, sequenceKeyOf(request));
      if (outcome !== 'removed') throw absenceOf(outcome);
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${PLAN_PATH}reorder-sequences/`,
    {
      config,
      schema: {
        tags,
        summary: 'Reorder the sequences of a plan',
        params: ClassPlanParamsSchema,
        body: ReorderSchema,
        response: {
          200: ReorderedSchema,
          400: invalid({ sequence_ids: ['This list may not be empty.'] }, { error: 'Invalid sequence IDs' }),
          ...ONE_PLAN,
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

function absenceOf(outcome: 'plan_not_found' | 'sequence_not_found') {
  return outcome === 'plan_not_found' ? noSuchPlan() : noSuchSequence();
}

function refusalOf(outcome: Exclude<AddSequenceOutcome['outcome'], 'added'>) {
  if (outcome === 'plan_not_found') return noSuchPlan();
  if (outcome === 'choreography_not_found') return noSuchItem();
  return outcome === 'plan_full' ? brokenRule('PLAN_FULL', FULL) : brokenRule('TASK_UNFINISHED', INCOMPLETE);
}
