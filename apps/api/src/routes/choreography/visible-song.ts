import { type Database, findSong, type Song } from '@bachata-buddy/database';
import type { FastifyRequest } from 'fastify';
import { forbidden, notFound } from '../../http/http-answer.ts';
import { parseRowId } from '../../http/path-ids.ts';
import { callerOf } from '../../plugins/authentication.ts';
import { CLOSED, detail } from '../../schemas/errors.ts';

export const NO_SONG = 'No Song matches the given query.';
const NOT_YOUR_SONG = 'This song is not yours to change.';

/** Answers that routes of one own song have in common. */
export const ONE_OWN_SONG = { ...CLOSED, 403: detail(NOT_YOUR_SONG), 404: detail(NO_SONG) };

/** The song that the address names, of the catalogue or the caller's own. @throws HttpAnswer 404 */
export async function getVisibleSong(database: Database, request: FastifyRequest): Promise<Song> {
  const { song_id: text } = request.params as { song_id: string };
  const song = await findSong(database, parseRowId(text, 'Song'), { userId: callerOf(request).id });
  if (song === null) throw notFound(NO_SONG);
  return song;
}

/** The song that the address names, if it is the caller's own. @throws HttpAnswer 404, 403 for one of the catalogue */
export async function getOwnSong(database: Database, request: FastifyRequest): Promise<Song> {
  const song = await getVisibleSong(database, request);
  if (song.ownerId === null) throw forbidden(NOT_YOUR_SONG);
  return song;
}
