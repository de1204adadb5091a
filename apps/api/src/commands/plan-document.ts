import { createHash } from 'node:crypto';
import type { Blueprint } from '@bachata-buddy/blueprint';
import { type ChoreographyRequest, deriveSeed, requestOfQuery } from '@bachata-buddy/choreography';
import { type Database, findSong, type Song } from '@bachata-buddy/database';
import { usageError } from '@bachata-buddy/platform';
import type { Difficulty, EnergyLevel, Style } from '@bachata-buddy/vocabulary';
import { apiError } from '../errors.ts';
import type { Planner } from '../generate/planner.ts';
import { MAX_ROW_ID } from '../http/path-ids.ts';

export interface PlanWish {
  readonly songId: number | undefined;
  readonly query: string | undefined;
  /** These go before what a sentence says. */
  readonly difficulty: Difficulty | undefined;
  readonly energyLevel: EnergyLevel | undefined;
  readonly style: Style | undefined;
  readonly seed: number | undefined;
}

/**
 * A blueprint without a task: its id is made of the request, its date is the song's, so that the same wish over
 * the same catalogue gives the same bytes.
 *
 * @throws AppError `USAGE` where neither song nor sentence is given, `SONG_UNKNOWN`, and what planning throws
 */
export async function planDocument(database: Database, planner: Planner, wish: PlanWish): Promise<Blueprint> {
  const { song, request } = await decide(database, planner, wish);
  return planner.compose({
    taskId: idOf(song, request),
    userId: 0,
    song,
    request,
    generatedAt: song.updatedAt,
    signal: new AbortController().signal,
  });
}

async function decide(
  database: Database,
  planner: Planner,
  wish: PlanWish,
): Promise<{ song: Song; request: ChoreographyRequest }> {
  const { query } = wish;
  if (query !== undefined) {
    const understood = await planner.understand(query);
    const parsed = {
      ...understood,
      difficulty: wish.difficulty ?? understood.difficulty,
      energyLevel: wish.energyLevel ?? understood.energyLevel,
      style: wish.style ?? understood.style,
    };
    const song =
      wish.songId === undefined
        ? await planner.chooseSong(query, parsed, 'catalogue')
        : await getSong(database, wish.songId);
    return { song, request: requestOfQuery({ query, parsed, songId: song.id, seed: wish.seed }) };
  }
  if (wish.songId === undefined) throw usageError('Name a --song or a --query. See --help.');
  const song = await getSong(database, wish.songId);
  const request = {
    difficulty: wish.difficulty ?? 'intermediate',
    energyLevel: wish.energyLevel ?? 'medium',
    style: wish.style ?? 'modern',
    specialRequirements: [],
  };
  return { song, request: { ...request, seed: wish.seed ?? deriveSeed(request, song.id) } };
}

async function getSong(database: Database, songId: number): Promise<Song> {
  const song = songId <= MAX_ROW_ID ? await findSong(database, songId, 'operator') : null;
  if (song === null) throw apiError('SONG_UNKNOWN', `Song with id ${songId} does not exist.`);
  return song;
}

/** A UUID of the kind that says "made by hashing" (RFC 9562, version 8). */
function idOf(song: Song, request: ChoreographyRequest): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([song.id, request]))
    .digest('hex');
  const [a, b, c, d, e] = [
    [0, 8],
    [8, 12],
    [13, 16],
    [17, 20],
    [20, 32],
  ].map(([from, to]) => digest.slice(from, to));
  return `${a}-${b}-8${c}-8${d}-${e}`;
}
