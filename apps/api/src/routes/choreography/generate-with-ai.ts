import type { Logger } from '@bachata-buddy/platform';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { chooseSongOrFail } from '../../generate/choose-song-or-fail.ts';
import { requestOfQuery } from '../../generate/request-of-query.ts';
import { startGeneration } from '../../generate/start-generation.ts';
import { callerOf } from '../../plugins/authentication.ts';
import { CLOSED, InvalidSchema, RuleSchema } from '../../schemas/errors.ts';
import { StartedWithAiSchema, WithAiSchema } from '../../schemas/generation.ts';
import type { RouteContext } from '../route-context.ts';
import { viewStarted } from './started-view.ts';
import { understandQuery } from './understand-query.ts';

const REFUSAL = { error: 'Could not parse query. Please be more specific.' };

/** POST /api/choreography/generate-with-ai */
export const generateWithAiRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { planner } = context;
  app.post(
    '/api/choreography/generate-with-ai',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Generate choreography from a description (Path 2)',
        body: WithAiSchema,
        response: {
          202: StartedWithAiSchema,
          400: InvalidSchema,
          409: RuleSchema,
          500: RuleSchema,
          ...CLOSED,
        },
      },
    },
    async (request, reply) => {
      const { id: userId, preferences } = callerOf(request);
      const { query, seed } = request.body;
      const { signal, release } = app.generationSignals.begin();
      try {
        const parsed = await understandQuery({ planner, query, preferences, signal, refusal: REFUSAL });
        const song = await chooseSongOrFail(context, { userId, query, parsed });
        const log = request.log as Logger;
        const wish = requestOfQuery({ query, parsed, songId: song.id, seed });
        const order = { userId, kind: 'ai' as const, song, request: wish, signal };
        const taskId = await startGeneration({ ...context, log }, order);
        return await reply.code(202).send({
          ...viewStarted(taskId, song),
          parsed_parameters: {
            difficulty: parsed.difficulty,
            energy_level: parsed.energyLevel,
            style: parsed.style,
            special_requirements: [...parsed.specialRequirements],
          },
        });
      } finally {
        release();
      }
    },
  );
};
