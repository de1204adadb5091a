import { forgetUpload, removeSong } from '@bachata-buddy/database';
import { ownSampleKey } from '@bachata-buddy/vocabulary';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { brokenRule, notFound } from '../../http/http-answer.ts';
import { throttle } from '../../http/throttle.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { detail, rule } from '../../schemas/errors.ts';
import { SongParamsSchema } from '../../schemas/song.ts';
import { namesOfNeeds } from '../../songs/names-of-needs.ts';
import { getOwnSong, NO_SONG, ONE_OWN_SONG } from './visible-song.ts';

const NEEDED = 'This song stays: it is needed by the task 7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a.';
/** Whether a song is needed takes a look into every document. */
const DELETIONS = { scope: 'song-deletions', limit: 60, windowSec: 3_600 } as const;
const DELETED = 'Song deleted successfully';

/** DELETE /api/choreography/songs/{song_id}/: of a song of the caller's own. */
export const deleteSongRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database, store }) => {
  app.delete(
    '/api/choreography/songs/:song_id/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Delete a song of your own',
        description: 'Finished videos stay; practice versions of them can be made no more.',
        params: SongParamsSchema,
        response: {
          200: Type.Object({ message: Type.String({ examples: [DELETED] }) }),
          409: rule(NEEDED),
          429: detail('Request was throttled. Expected available in 3600 seconds.'),
          ...ONE_OWN_SONG,
        },
      },
    },
    async (request, reply) => {
      const subject = String(callerOf(request).id);
      await throttle(database, { ...DELETIONS, subject }, reply);
      const { id, audioPath } = await getOwnSong(database, request);
      const removal = await removeSong(database, id, async (keys) => {
        for (const key of [...keys, ownSampleKey(audioPath)]) await store.remove(key);
      });
      if (removal === null) throw notFound(NO_SONG);
      if (!removal.isRemovable) {
        const names = namesOfNeeds(removal.needs).join('; ');
        throw brokenRule('SONG_NEEDED', `This song stays: it is needed by ${names}.`);
      }
      await forgetUpload(database, audioPath);
      return { message: DELETED };
    },
  );
};
