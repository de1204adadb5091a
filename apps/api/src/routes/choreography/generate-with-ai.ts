import { requestOfQuery } from '@bachata-buddy/choreography';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { chooseSongOrFail } from '../../generate/choose-song-or-fail.ts';
import { mendQuery } from '../../generate/mended-query.ts';
import { nextSeed } from '../../generate/next-seed.ts';
import { withStandingRefusals } from '../../generate/standing-refusals.ts';
import { type BegunGeneration, startGeneration } from '../../generate/start-generation.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  GENERATION_REFUSALS,
  GenerationHeadersSchema,
  StartedWithAiSchema,
  WithAiSchema,
} from '../../schemas/generation.ts';
import { answerGeneration } from './answer-generation.ts';
import { viewStarted } from './started-view.ts';
import { understandQuery } from './understand-query.ts';

const REFUSAL = { error: 'Could not parse query. Please be more specific.' };

/** POST /api/choreography/generate-with-ai */
export const generateWithAiRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, planner } = context;
  app.post(
    '/api/choreography/generate-with-ai',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Generate choreography from a description (Path 2)',
        body: WithAiSchema,
        headers: GenerationHeadersSchema,
        response: { 202: StartedWithAiSchema, ...GENERATION_REFUSALS },
      },
    },
    async (request, reply) => {
      const { id: userId } = callerOf(request);
      const { query, seed, parameters = {} } = request.body;
      const work = async (begun: BegunGeneration) => {
        const { signal } = begun;
        const read = await understandQuery({ database, planner, query, userId, signal, refusal: REFUSAL });
        const parsed = mendQuery(read.parsed, parameters);
        const song = read.song ?? (await chooseSongOrFail(context, { userId, query, parsed }));
        const asked = requestOfQuery({ query, parsed, songId: song.id, seed });
        const firstSeed = asked.seed;
        const ownSeed = seed ?? (await nextSeed(database, { userId, song, firstSeed }));
        const wish = await withStandingRefusals(
          database,
          { ...asked, seed: ownSeed, open: read.open },
          userId,
        );
        const parsedParameters = {
          difficulty: parsed.difficulty,
          energy_level: parsed.energyLevel,
          style: parsed.style,
          special_requirements: [...parsed.specialRequirements],
        };
        const bodyOf = (taskId: string) => ({
          ...viewStarted(taskId, song),
          parsed_parameters: parsedParameters,
        });
        return startGeneration(
          { ...context, launches: app.launches },
          {
            ...begun,
            userId,
            song,
            request: wish,
            kind: 'ai',
            answerOf: (taskId) => ({ status: 202, body: bodyOf(taskId) }),
          },
        );
      };
      const route = 'generate-with-ai';
      return answerGeneration({ app, context, request, reply, work, kind: 'ai', route });
    },
  );
};
