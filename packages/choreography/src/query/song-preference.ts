import { cutText } from '@bachata-buddy/platform';
import { findMeanings } from './find-meanings.ts';
import { tokenize } from './tokens.ts';

export const MAX_SONG_PREFERENCE_LENGTH = 100;

const QUOTED = /["“«]([^"“”«»]{2,100})["”»]/u;
const NAMED =
  /\b(?:by|from|de|called|titled|llamada)\s+(\p{Lu}[\p{L}'’.]*(?:\s+(?:(?:y|and|&|de|la|el)\s+)?\p{Lu}[\p{L}'’.]*)*)/u;

/** "A song by romeo santos": up to three words, where they say nothing else. */
const SONG_BY =
  /\b(?:songs?|tracks?|tunes?|canci[oó]n|canciones|temas?|m[uú]sica|music|something|algo)\s+(?:by|from|of|de|called|titled|named|llamad[ao])\s+([\p{L}\p{N}'’]+(?:\s+[\p{L}\p{N}'’]+){0,2})/iu;
const NAME_ENDS = new Set(
  'for with to and but that in at on my the a an this please from para con por y pero que en mi la el los las un una sin without no not'.split(
    ' ',
  ),
);

function findInLowerCase(query: string): string | undefined {
  const words = SONG_BY.exec(query)?.[1]?.split(/\s+/) ?? [];
  const end = words.findIndex((word) => NAME_ENDS.has(word.toLowerCase()));
  const name = (end < 0 ? words : words.slice(0, end)).join(' ');
  const isKnownWord = findMeanings(tokenize(name)).length > 0;
  return name.length < 3 || isKnownWord || /^\d+$/.test(name) ? undefined : name;
}

/** The artist or title a sentence names by quotation marks or after "by", "from", "de", "called"; null where none. */
export function findSongPreference(query: string): string | null {
  const quoted = QUOTED.exec(query)?.[1]?.trim();
  if (quoted !== undefined && quoted !== '') return cutToName(quoted);
  const capitalised = NAMED.exec(query)?.[1];
  const named = capitalised === undefined ? findInLowerCase(query) : cutToName(capitalised);
  if (named === undefined) return null;
  // "from Beginner to Advanced" and "de Bachata" name no song.
  const tokens = tokenize(named);
  const known = findMeanings(tokens).reduce((sum, hit) => sum + (hit.end - hit.start), 0);
  return known >= tokens.length ? null : named;
}

function cutToName(text: string): string {
  return cutText(text, { length: MAX_SONG_PREFERENCE_LENGTH });
}
