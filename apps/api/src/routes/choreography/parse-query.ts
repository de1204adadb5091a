import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { throttle } from '../../http/throttle.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { CLOSED, detail, invalid } from '../../schemas/errors.ts';
import { ParsedQuerySchema, ParseQuerySchema } from '../../schemas/generation.ts';
import { viewParsedQuery } from './parsed-query-view.ts';
import { understandQuery } from './understand-query.ts';

const REFUSAL = {
  error: 'Could not understand your query. Please try rephrasing.',
  suggestions: [
    'Name a difficulty level: beginner, intermediate or advanced',
    'Name a style: romantic, energetic, sensual, playful or modern',
    'Name a tempo: slow, medium or fast',
  ],
};

/** POST /api/choreography/parse-query/ */
export const parseQueryRoute: FastifyPluginAsyncTypebox<RouteContext> = async (
  app,
  { config, database, planner },
) => {
  app.post(
    '/api/choreography/parse-query/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Parse natural language query (testing)',
        body: ParseQuerySchema,
        response: {
          200: ParsedQuerySchema,
          400: invalid({ query: ['Query must be at least 10 characters.'] }, REFUSAL),
          ...CLOSED,
          429: detail('Request was throttled. Expected available in 3600 seconds.'),
        },
      },
    },
    async (request, reply) => {
      const { query } = request.body;
      const { id: userId } = callerOf(request);
      const limit = config.PARSE_RATE_LIMIT_PER_HOUR;
      await throttle(
        database,
        { scope: 'parse-query', subject: String(userId), limit, windowSec: 3_600 },
        reply,
      );
      const { parsed } = await understandQuery({ database, planner, query, userId, refusal: REFUSAL });
      return viewParsedQuery(query, parsed);
    },
  );
};
