import { editDistance } from '../query/edit-distance.ts';
import { findMeanings } from '../query/find-meanings.ts';
import { foldedWords, tokenize } from '../query/tokens.ts';

const POINTS_OF_WHOLE_NAME = 2;
/** Half of a name's own words have to be said before it counts as named. */
const LEAST_SHARE = 0.5;
const LEAST_WORD_LENGTH = 4;
const NEGATORS = new Set(['not', 'no', 'without', 'except', 'sin', 'excepto']);
const EVERYTHING = new Set(['anything', 'everything', 'all', 'anyone', 'everyone', 'todo', 'todos']);
/** Words between a negator and the name it excludes: "not by", "no songs from". */
const BETWEEN = new Set(['by', 'from', 'de', 'for', 'a', 'the', 'any', 'song', 'songs', 'music']);
const COMMON_WORDS = new Set(
  'the and with for you your from into this that what when want make create some please like just feel good time night noche solo para como todo vida mine have would could quiero con una uno del los las los que feat version remix official audio video track'.split(
    ' ',
  ),
);

/**
 * How clearly a sentence names a song: 0 not at all; 2 for the whole title, 2 for the whole artist, less for half of
 * a name ("Santos" for "Romeo Santos"); below 0 where it is named to be left out ("not Aventura").
 *
 * Common words and words of dance do not name a song by themselves: "a romantic bachata" does not ask for
 * "Bachata Romantica", unless it is the preference that was understood.
 */
export function nameScore(
  song: { readonly title: string; readonly artist: string },
  sentence: string,
  preference: string | null,
): number {
  const words = foldedWords(sentence);
  const preferred = preference === null ? [] : foldedWords(preference);
  return [song.title, song.artist]
    .map((name) => partScore(foldedWords(name.replaceAll('_', ' ')), words, preferred))
    .reduce((sum, score) => sum + score, 0);
}

function partScore(name: readonly string[], words: readonly string[], preferred: readonly string[]): number {
  if (name.length === 0) return 0;
  if (indexOfPhrase(preferred, name) >= 0)
    return signAt(words, indexOfPhrase(words, name)) * POINTS_OF_WHOLE_NAME;
  const own = ownWords(name);
  if (own.length === 0) return 0;
  const whole = indexOfPhrase(words, name);
  if (whole >= 0) return signAt(words, whole) * POINTS_OF_WHOLE_NAME;
  const said = own.filter((word) => word.length >= LEAST_WORD_LENGTH && indexOfWord(words, word) >= 0);
  const share = said.length / own.length;
  return share < LEAST_SHARE ? 0 : share * signAt(words, indexOfWord(words, said[0] ?? ''));
}

/** A name's words that are neither common nor words of dance. */
function ownWords(name: readonly string[]): string[] {
  const tokens = tokenize(name.join(' '));
  const hits = findMeanings(tokens);
  return name.filter(
    (word, index) =>
      word.length > 2 &&
      !COMMON_WORDS.has(word) &&
      !hits.some((hit) => index >= hit.start && index < hit.end),
  );
}

function indexOfPhrase(words: readonly string[], phrase: readonly string[]): number {
  if (phrase.length === 0) return -1;
  return words.findIndex((_, start) =>
    phrase.every((word, offset) => isSameWord(words[start + offset] ?? '', word)),
  );
}

function indexOfWord(words: readonly string[], name: string): number {
  const exact = words.indexOf(name);
  return exact >= 0 ? exact : words.findIndex((word) => isSameWord(word, name));
}

const FUZZY_LENGTH = 6;
const LONG_LENGTH = 9;

/** Also a name that is misspelt by a letter, or a long one by two: "Romeo Santoz". */
function isSameWord(said: string, name: string): boolean {
  if (said === name) return true;
  if (name.length < FUZZY_LENGTH || said[0] !== name[0] || findMeanings(tokenize(said)).length > 0)
    return false;
  const most = name.length >= LONG_LENGTH ? 2 : 1;
  return Math.abs(said.length - name.length) <= most && editDistance(said, name) <= most;
}

function signAt(words: readonly string[], index: number): 1 | -1 {
  let before = index - 1;
  while (before >= 0 && BETWEEN.has(words[before] ?? '')) before--;
  const word = words[before] ?? '';
  const isException = (word === 'but' || word === 'menos') && EVERYTHING.has(words[before - 1] ?? '');
  return isException || NEGATORS.has(word) ? -1 : 1;
}
