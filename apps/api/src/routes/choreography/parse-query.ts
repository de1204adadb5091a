import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { callerOf } from '../../plugins/authentication.ts';
import { CLOSED, invalid } from '../../schemas/errors.ts';
import { ParsedQuerySchema, ParseQuerySchema } from '../../schemas/generation.ts';
import type { RouteContext } from '../route-context.ts';
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
export const parseQueryRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { planner }) => {
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
        },
      },
    },
    async (request) => {
      const { query } = request.body;
      const { preferences } = callerOf(request);
      const parsed = await understandQuery({ planner, query, preferences, refusal: REFUSAL });
      return viewParsedQuery(query, parsed);
    },
  );
};
