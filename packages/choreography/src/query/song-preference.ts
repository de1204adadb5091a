import { findMeanings } from './find-meanings.ts';
import { tokenize } from './tokens.ts';

export const MAX_SONG_PREFERENCE_LENGTH = 100;

const QUOTED = /["“«]([^"“”«»]{2,100})["”»]/u;
const NAMED =
  /\b(?:by|from|de|called|titled|llamada)\s+(\p{Lu}[\p{L}'’.]*(?:\s+(?:(?:y|and|&|de|la|el)\s+)?\p{Lu}[\p{L}'’.]*)*)/u;

/** The artist or title a sentence names by quotation marks or after "by", "from", "de", "called"; null where none. */
export function findSongPreference(query: string): string | null {
  const quoted = QUOTED.exec(query)?.[1]?.trim();
  if (quoted !== undefined && quoted !== '') return quoted.slice(0, MAX_SONG_PREFERENCE_LENGTH);
  const named = NAMED.exec(query)?.[1]?.slice(0, MAX_SONG_PREFERENCE_LENGTH);
  if (named === undefined) return null;
  // "from Beginner to Advanced" and "de Bachata" name no song.
  const tokens = tokenize(named);
  const known = findMeanings(tokens).reduce((sum, hit) => sum + (hit.end - hit.start), 0);
  return known >= tokens.length ? null : named;
}
