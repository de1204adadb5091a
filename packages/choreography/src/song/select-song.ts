import type { Style } from '@bachata-buddy/vocabulary';
import type { ChoreographyRequest, OpenWish, ParsedQuery } from '../choreography-request.ts';
import { choreographyError } from '../errors.ts';
import { foldedWords, foldText } from '../query/tokens.ts';
import { nameScore } from './name-score.ts';
import { BPM_OF_ENERGY, BPM_OF_FAST, BPM_OF_SLOW, type TempoRange } from './tempo-ranges.ts';

/** A song of the catalogue, as far as choosing needs it. */
export interface SongChoice {
  readonly id: number;
  readonly title: string;
  readonly artist: string;
  readonly genre: string | null;
  /** Beats per minute, or null where it was never measured. */
  readonly bpm: number | null;
  readonly durationSec: number;
}

/** An unknown tempo counts like one this far outside the range. */
const UNKNOWN_BPM_DISTANCE = 15;
/** Beats per minute outside the range that weigh as much as one style word in the title. */
const BPM_PER_POINT = 5;
/** Who names a number of beats means it. */
const BPM_PER_POINT_OF_NUMBER = 1;
const POINTS_OF_STYLE_WORD = 1;
const MAX_STYLE_POINTS = 2;
/** Other genres in the catalogue are danced to only where bachata is missing or another song is named. */
const POINTS_OF_BACHATA = 10;

const STYLE_WORDS: Record<Style, readonly string[]> = {
  romantic: ['romantic', 'romantica', 'romance', 'love', 'amor', 'slow', 'intimate', 'corazon', 'beso'],
  energetic: ['energetic', 'fast', 'upbeat', 'party', 'fiesta', 'fun', 'lively', 'fuego'],
  sensual: ['sensual', 'sexy', 'body', 'cuerpo', 'piel', 'close', 'intimate'],
  playful: ['playful', 'fun', 'happy', 'joyful', 'light', 'juguetona', 'alegre'],
  modern: ['modern', 'moderna', 'urban', 'urbana', 'fusion', 'remix', 'contemporary'],
};

export type SongWish = Pick<
  ParsedQuery,
  'energyLevel' | 'style' | 'tempo' | 'tempoBpm' | 'songPreference'
> & {
  readonly query: string;
};

/**
 * The song that suits a sentence best. A title or an artist named in it wins first; then tempo (a stated slow or fast
 * before the energy's range: low 110-120, medium 120-130, high 130-140 beats per minute, as soft distances) and words
 * of the style in title and genre. Ties go by title, then id, so that the answer never depends on the list's order.
 *
 * Throws `CHOREOGRAPHY_NO_SONGS` where the list is empty.
 */
export function selectSong(songs: readonly SongChoice[], wish: SongWish): SongChoice {
  const asked = `${wish.query} , ${wish.songPreference ?? ''}`;
  const points = pointsFor(wish);
  const ranked = songs
    .map((song) => ({
      song,
      name: nameScore(song, asked, wish.songPreference),
      points: points(song),
    }))
    .sort((a, b) => b.name - a.name || b.points - a.points || compareSongs(a.song, b.song));
  if (ranked[0] === undefined) {
    throw choreographyError('CHOREOGRAPHY_NO_SONGS', 'No songs available in database');
  }
  return ranked[0].song;
}

/** What a song does not meet of the artist or title that was asked for; empty where it is that one, or none was. */
export function openSongWish(
  song: Pick<SongChoice, 'title' | 'artist'>,
  { query = '', songPreference }: Pick<ChoreographyRequest, 'query' | 'songPreference'>,
): OpenWish[] {
  if (songPreference === undefined) return [];
  if (nameScore(song, `${query} , ${songPreference}`, songPreference) > 0) return [];
  return [{ wish: `music called "${songPreference}"`, reason: 'the catalogue has no such song or artist' }];
}

function bpmRange({ tempo, tempoBpm, energyLevel }: SongWish): TempoRange {
  if (tempoBpm !== null) return [tempoBpm, tempoBpm];
  if (tempo === 'slow') return BPM_OF_SLOW;
  return tempo === 'fast' ? BPM_OF_FAST : BPM_OF_ENERGY[energyLevel];
}

function pointsFor(wish: SongWish): (song: SongChoice) => number {
  const [lowBpm, highBpm] = bpmRange(wish);
  const bpmPerPoint = wish.tempoBpm === null ? BPM_PER_POINT : BPM_PER_POINT_OF_NUMBER;
  return ({ title, genre, bpm }) => {
    const distance = bpm === null ? UNKNOWN_BPM_DISTANCE : Math.max(0, lowBpm - bpm, bpm - highBpm);
    const words = foldedWords(`${title} ${genre ?? ''}`);
    const styleWords = STYLE_WORDS[wish.style].filter((word) => words.includes(word)).length;
    const bachata = foldText(genre ?? '').includes('bachata') ? POINTS_OF_BACHATA : 0;
    return bachata + Math.min(MAX_STYLE_POINTS, styleWords * POINTS_OF_STYLE_WORD) - distance / bpmPerPoint;
  };
}

function compareSongs(a: SongChoice, b: SongChoice): number {
  const [titleA, titleB] = [foldText(a.title), foldText(b.title)];
  if (titleA !== titleB) return titleA < titleB ? -1 : 1;
  return a.id - b.id;
}
