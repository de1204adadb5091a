import { type Database, latestSeed, type Song } from '@bachata-buddy/database';

/** Who asks for more dances than these of one thing sees the last one again. */
const MOST_VARIATIONS = 10_000;

export interface SeedQuestion {
  readonly userId: number;
  readonly song: Pick<Song, 'id'>;
  /** Made of the request: what whoever asks for the first time gets. */
  readonly firstSeed: number;
}

/** The seed of a request that names none: who asks again for what they have got already gets the next dance. */
export async function nextSeed(
  database: Database,
  { userId, song, firstSeed }: SeedQuestion,
): Promise<number> {
  const to = firstSeed + MOST_VARIATIONS;
  const latest = await latestSeed(database, { userId, songId: song.id, from: firstSeed, to });
  return latest === null ? firstSeed : Math.min(to, latest + 1);
}
