import { listSongs } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { findSongAnalysis } from '../../generate/song-analyser.ts';
import { addressOf } from '../../http/address.ts';
import { paginate, parsePage, parsePageSizeStrictly } from '../../http/pagination.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { CLOSED, detail, invalid, NO_PAGE } from '../../schemas/errors.ts';
import { SongDetailSchema, SongPageSchema, SongQuerySchema } from '../../schemas/song.ts';
import { parseSongFilter } from './song-filter.ts';
import { viewSong, viewSongDetail } from './song-view.ts';
import { getVisibleSong, NO_SONG } from './visible-song.ts';

/** GET /api/choreography/songs/ and /api/choreography/songs/{song_id}/ */
export const songRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database, config }) => {
  app.get(
    '/api/choreography/songs/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'List songs',
        querystring: SongQuerySchema,
        response: {
          200: SongPageSchema,
          400: invalid(
            { error: 'bpm_min must be a valid integer' },
            { error: 'page_size cannot exceed 100' },
          ),
          404: NO_PAGE,
          ...CLOSED,
        },
      },
    },
    async (request) => {
      const filter = { ...parseSongFilter(request.query), userId: callerOf(request).id };
      const pageSize = parsePageSizeStrictly(request.query.page_size);
      const page = await paginate({
        request: { page: parsePage(request.query.page), pageSize },
        url: addressOf(request, config.PUBLIC_URL),
        load: (window) => listSongs(database, { ...filter, ...window }),
      });
      return { ...page, results: page.results.map(viewSong) };
    },
  );

  app.get(
    '/api/choreography/songs/:song_id/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Get a song',
        params: Type.Object({ song_id: Type.String() }),
        response: { 200: SongDetailSchema, 404: detail(NO_SONG), ...CLOSED },
      },
    },
    async (request) => {
      const song = await getVisibleSong(database, request);
      return viewSongDetail(song, await findSongAnalysis(database, song));
    },
  );
};
