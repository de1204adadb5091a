import { type LibraryMove, listLibraryMoves } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { DEMO_SOURCE } from '../../generate/moves-on-stage.ts';
import { addressOf } from '../../http/address.ts';
import { paginate, parsePage, parsePageSizeStrictly } from '../../http/pagination.ts';
import type { RouteContext } from '../../route-context.ts';
import { CLOSED, invalid, NO_PAGE } from '../../schemas/errors.ts';
import { MovePageSchema, MoveQuerySchema } from '../../schemas/move.ts';
import { parseMoveFilter } from './move-filter.ts';

/** GET /api/choreography/moves/: the moves that a choreography may use. */
export const moveRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database, config }) => {
  app.get(
    '/api/choreography/moves/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'List the moves of the library',
        querystring: MoveQuerySchema,
        response: {
          200: MovePageSchema,
          400: invalid(
            { style: ['"salsa" is not a valid choice.'] },
            { error: 'page_size cannot exceed 100' },
          ),
          404: NO_PAGE,
          ...CLOSED,
        },
      },
    },
    async (request) => {
      const filter = { ...parseMoveFilter(request.query), standInSource: DEMO_SOURCE };
      const pageSize = parsePageSizeStrictly(request.query.page_size);
      const page = await paginate({
        request: { page: parsePage(request.query.page), pageSize },
        url: addressOf(request, config.PUBLIC_URL),
        load: (window) => listLibraryMoves(database, { ...filter, ...window }),
      });
      return { ...page, results: page.results.map(viewMove) };
    },
  );
};

/** A move for people. Its clip has no address: the media route serves finished output alone. */
function viewMove(move: LibraryMove) {
  return {
    id: move.moveId,
    name: move.name,
    label: move.label,
    difficulty: move.difficulty,
    energy_level: move.energyLevel,
    style: move.style,
    duration: move.durationSec,
    counts: move.counts,
    tempo: move.tempoBpm,
  };
}
