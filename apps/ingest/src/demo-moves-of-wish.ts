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
import { findSongByAudioPath, listAllSongs } from '@bachata-buddy/database';
import {
  type DemoMoveSpecification,
  type DemoSongSpecification,
  type DemoWish,
  describeDemoLibrary,
} from '@bachata-buddy/demo';
import { changeGrid, type SongAnalysis } from '@bachata-buddy/music';
import { analysisOfDescription } from './demo-song-analysis.ts';
import { ingestError } from './errors.ts';
import { analyseSongFile, type IngestContext } from './ingest-context.ts';

type EmbeddingOf = (move: DemoMoveSpecification) => MoveEmbedding;

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
  embeddingOf: EmbeddingOf,
): Promise<string[]> {
  const { path: key } = describedSong(wish);
  const song = await findSongByAudioPath(context.db, key);
  if (song?.contentHash == null)
    throw ingestError('INGEST_DEMO', 'The song is not in the catalogue', { details: { key } });
  const measured = await analyseSongFile(context, songPath, song.contentHash);
  const analysis = changeGrid(measured, song.gridChange);
  return planMoveIds({ analysis, request: requestOf(wish, song.id), embeddingOf });
}

/**
 * What {@link moveIdsOfWish} will probably say, before the song is made: planned over what is true of the song instead of
 * what is heard in it. Where it errs, a move is drawn earlier than it is needed.
 */
export async function likelyMoveIdsOfWish(
  { db }: IngestContext,
  wish: DemoWish,
  embeddingOf: EmbeddingOf,
): Promise<string[]> {
  const described = describedSong(wish);
  const known = await listAllSongs(db, 'catalogue');
  const song = known.find(({ audioPath }) => audioPath === described.path);
  // One that is not in the catalogue yet gets the number after the last.
  const songId = song?.id ?? Math.max(0, ...known.map(({ id }) => id)) + 1;
  const request = requestOf(wish, songId);
  return planMoveIds({ analysis: analysisOfDescription(described), request, embeddingOf });
}

interface Planning {
  readonly analysis: SongAnalysis;
  readonly request: ChoreographyRequest;
  readonly embeddingOf: EmbeddingOf;
}

/** The moves of the plan that is made over these moves alone: the API will know no others. */
async function planMoveIds({ analysis, request, embeddingOf }: Planning): Promise<string[]> {
  let moves = describeDemoLibrary().moves.map(({ path, ...move }) => ({
    ...move,
    videoPath: path,
    embedding: embeddingOf({ path, ...move }),
  }));
  // Of fewer moves another dance is made, which may need still fewer.
  for (;;) {
    const plan = await planChoreography({ analysis, library: await buildMoveLibrary(moves), request });
    const shown = new Set(plan.moves.map(({ moveId }) => moveId));
    if (shown.size === moves.length) return [...shown];
    moves = moves.filter(({ moveId }) => shown.has(moveId));
  }
}

function describedSong(wish: DemoWish): DemoSongSpecification {
  const songId = songIdOfWish(wish);
  return describeDemoLibrary().songs.find((song) => song.songId === songId) as DemoSongSpecification;
}

function requestOf(wish: DemoWish, songId: number): ChoreographyRequest {
  if (wish.kind === 'ai') {
    return requestOfQuery({ query: wish.query, parsed: parseQueryByRules(wish.query), songId });
  }
  const { difficulty, energyLevel, style } = wish;
  const request = { difficulty, energyLevel, style, specialRequirements: [] };
  return { ...request, seed: deriveSeed(request, songId) };
}
