import { cutText } from '@bachata-buddy/platform';
import { timeAt } from './extent.ts';
import { findMeanings } from './find-meanings.ts';
import { type Token, tokenize } from './tokens.ts';
import { words } from './word-list.ts';

export const MAX_SONG_PREFERENCE_LENGTH = 100;

const QUOTED = /["“«]([^"“”«»]{2,100})["”»]/u;
const NAMED =
  /\b(by|from|de|called|named|titled|llamad[ao]|titulad[ao])\s+(\p{Lu}[\p{L}'’.]*(?:\s+(?:(?:y|and|&|de|la|el)\s+)?\p{Lu}[\p{L}'’.]*)*)/gu;
/** What is by somebody: "una bachata romántica de Romeo Santos", and no "boda de María". */
const MUSIC =
  /^(bachatas?|songs?|tracks?|tunes?|music|hits?|albums?|singles?|ballads?|versions?|remix|something|anything|cancion|canciones|temas?|musica|exitos?|disco|baladas?|algo)$/;
/** Not by whom, but by when, and who danced or made it. */
const NO_ARTIST =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day|^(?:january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter|halloween|valentine|new year|noon|midnight|tomorrow|tonight|today)/i;
const MAKERS =
  /^(choreographed|taught|danced|made|created|led|performed|designed|written|requested|coreografiad[oa])$/;

/** "A song by romeo santos": up to three words, where they say nothing else. */
const SONG_BY =
  /\b(?:songs?|tracks?|tunes?|canci[oó]n|canciones|temas?|m[uú]sica|music|something|algo)\s+(?:by|from|of|de|called|titled|named|llamad[ao])\s+([\p{L}\p{N}'’]+(?:\s+[\p{L}\p{N}'’]+){0,2})/iu;
const NAME_ENDS = words(
  'for with to and but that in at on my the a an this please from para con por y pero que en mi la el los las un una sin without no not',
);

/** "A song of 3 minutes" names none. */
const UNIT = /^\d+\s*(min|sec|seg|bpm|ppm|beat|count|eight|tiempo|ocho|second|hour|hora)/i;
const WORDS_BEFORE_NAME = 6;

function findInLowerCase(query: string): string | undefined {
  const words = SONG_BY.exec(query)?.[1]?.split(/\s+/) ?? [];
  const end = words.findIndex((word) => NAME_ENDS.has(word.toLowerCase()));
  const name = (end < 0 ? words : words.slice(0, end)).join(' ');
  const tokens = tokenize(name);
  const isKnownWord = findMeanings(tokens).length > 0;
  const isNumber =
    /^\d+$/.test(name) || UNIT.test(name) || tokens.some((_, at) => timeAt(tokens, at) !== null);
  return name.length < 3 || isKnownWord || isNumber || NO_ARTIST.test(name) ? undefined : name;
}

/** The first name with a capital that somebody's music has. */
function findCapitalised(query: string): string | undefined {
  for (const { 1: link = '', 2: name = '', index } of query.matchAll(NAMED)) {
    const before = tokenize(query.slice(0, index)).slice(-WORDS_BEFORE_NAME);
    if (link === 'by') {
      if (!NO_ARTIST.test(name) && !MAKERS.test(before.at(-1)?.folded ?? '')) return name;
    } else if (isOfMusic(before, link)) return name;
  }
  return undefined;
}

/** Whether the noun in front of "from", "de" or "called", adjectives left out, is music. */
function isOfMusic(before: readonly Token[], link: string): boolean {
  if (!/^(from|de)$/.test(link)) return before.some(({ folded }) => MUSIC.test(folded));
  const adjectives = findMeanings(before).filter(({ meaning }) => !/^(move|dance)$/.test(meaning.kind));
  const isAdjective = (at: number) => adjectives.some(({ start, end }) => at >= start && at < end);
  let at = before.length - 1;
  while (at >= 0 && (isAdjective(at) || /^(y|e|and|muy|very)$/.test(before[at]?.folded ?? ''))) at -= 1;
  return MUSIC.test(before[at]?.folded ?? '');
}

/**
 * The artist or title that a sentence names: by quotation marks, after "by", or after "from", "de", "called" behind a
 * word of music ("students from Boston" name none); null where none.
 */
export function findSongPreference(query: string): string | null {
  const quoted = QUOTED.exec(query)?.[1]?.trim();
  if (quoted !== undefined && quoted !== '') return cutToName(quoted);
  const capitalised = findCapitalised(query);
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
