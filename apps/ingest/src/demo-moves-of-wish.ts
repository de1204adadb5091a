import {
  buildMoveLibrary,
  type ChoreographyRequest,
  deriveSeed,
  type MoveEmbedding,
  parseQueryByRules,
  planChoreography,
  requestOfQuery,
  selectSong,
} from '@bachata-buddy/choreography';
import { findSongByAudioPath, type Song } from '@bachata-buddy/database';
import { type DemoMoveSpecification, type DemoWish, describeDemoLibrary } from '@bachata-buddy/demo';
import { AppError } from '@bachata-buddy/platform';
import { analyseSongFile, type IngestContext } from './ingest-context.ts';

/** The song that the API will choose for a wish, of those that the demo library holds. */
export function songIdOfWish(wish: DemoWish): string {
  if (wish.kind === 'song') return wish.songId;
  const { songs } = describeDemoLibrary();
  const choices = songs.map((song, id) => ({ ...song, id, bpm: Math.round(song.tempoBpm) }));
  const chosen = selectSong(choices, { ...parseQueryByRules(wish.query), query: wish.query });
  return (songs[chosen.id] as (typeof songs)[number]).songId;
}

/**
 * The moves that a choreography shows, each once, in the order in which it shows them: planned as the API will plan it,
 * over the description of the whole library, of which nothing has to be drawn for that.
 *
 * @param songPath the song's file; the song is in the catalogue
 */
export async function moveIdsOfWish(
  context: IngestContext,
  wish: DemoWish,
  songPath: string,
  embeddingOf: (move: DemoMoveSpecification) => MoveEmbedding,
): Promise<string[]> {
  const songId = songIdOfWish(wish);
  const { songs, moves } = describeDemoLibrary();
  const key = songs.find((song) => song.songId === songId)?.path ?? '';
  const song = await findSongByAudioPath(context.db, key);
  if (song?.contentHash == null)
    throw new AppError('The song is not in the catalogue', { code: 'INGEST_DEMO', details: { key } });
  const plan = await planChoreography({
    analysis: await analyseSongFile(context, songPath, song.contentHash),
    library: await buildMoveLibrary(
      moves.map(({ path, ...move }) => ({
        ...move,
        videoPath: path,
        embedding: embeddingOf({ path, ...move }),
      })),
    ),
    request: requestOf(wish, song),
  });
  return [...new Set(plan.moves.map(({ moveId }) => moveId))];
}

function requestOf(wish: DemoWish, song: Song): ChoreographyRequest {
  if (wish.kind === 'ai') {
    return requestOfQuery({ query: wish.query, parsed: parseQueryByRules(wish.query), songId: song.id });
  }
  const { difficulty, energyLevel, style } = wish;
  const request = { difficulty, energyLevel, style, specialRequirements: [] };
  return { ...request, seed: deriveSeed(request, song.id) };
}
