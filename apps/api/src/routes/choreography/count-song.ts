import { type Song, setSongGrid } from '@bachata-buddy/database';
import type { GridChange } from '@bachata-buddy/music';
import { hasCode } from '@bachata-buddy/platform';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import { findSongAnalysis, makeSongAnalyser } from '../../generate/song-analyser.ts';
import { brokenRule, invalidFields, notFound } from '../../http/http-answer.ts';
import type { RouteContext } from '../../route-context.ts';
import { invalid, rule } from '../../schemas/errors.ts';
import { SongDetailSchema, SongGridSchema, SongParamsSchema } from '../../schemas/song.ts';
import { viewSongDetail } from './song-view.ts';
import { getOwnSong, NO_SONG, ONE_OWN_SONG } from './visible-song.ts';

const LISTENING = 'This song is still being listened to. Try again in a moment.';
const GRID_DEADLINE_MS = 25_000;

/** PATCH /api/choreography/songs/{song_id}/grid/: how a song of the caller's own is counted. */
export const countSongRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database } = context;
  const analyse = makeSongAnalyser(context);

  app.patch(
    '/api/choreography/songs/:song_id/grid/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Say how a song of your own is counted where it was misheard',
        description:
          'Holds for choreographies made from now on. Tempo first, then the shift, then the first eight; what was measured is kept.',
        params: SongParamsSchema,
        body: SongGridSchema,
        response: {
          200: SongDetailSchema,
          400: invalid(
            { shift_counts: ['Ensure this value is less than or equal to 7.'] },
            { first_eight_sec: ["There is no beat at 300 s: the song's beats lie from 0.52 to 210.31 s."] },
          ),
          409: rule(LISTENING),
          ...ONE_OWN_SONG,
        },
      },
    },
    async (request) => {
      const song = await getOwnSong(database, request);
      if (song.status !== 'ready') throw brokenRule('SONG_UNHEARD', song.failure ?? LISTENING);
      const gridChange = gridChangeOf(request.body);
      const { tempoBpm } = await countSo({ ...song, gridChange });
      const changed = await setSongGrid(database, song.id, { gridChange, tempoBpm });
      if (changed === null) throw notFound(NO_SONG);
      return viewSongDetail(changed, await findSongAnalysis(database, changed));
    },
  );

  /** The counts that hold then. @throws HttpAnswer 400 where the song cannot be counted so */
  async function countSo(song: Song) {
    try {
      return await analyse(song, AbortSignal.timeout(GRID_DEADLINE_MS));
    } catch (thrown) {
      if (!hasCode(thrown, 'MUSIC_GRID_CHANGE')) throw thrown;
      const field = song.gridChange?.firstEightSec === undefined ? 'tempo' : 'first_eight_sec';
      throw invalidFields({ [field]: [thrown.message] });
    }
  }
};

/** Null where the measured counts hold. */
function gridChangeOf(body: Static<typeof SongGridSchema>): GridChange | null {
  const { tempo, shift_counts: shiftCounts, first_eight_sec: firstEightSec } = body;
  const change = {
    ...(tempo === undefined ? {} : { tempo }),
    ...(shiftCounts === undefined || shiftCounts === 0 ? {} : { shiftCounts }),
    ...(firstEightSec === undefined ? {} : { firstEightSec }),
  };
  return Object.keys(change).length === 0 ? null : change;
}
