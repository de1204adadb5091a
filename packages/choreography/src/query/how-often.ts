import { MAX_WISHED_TIMES } from '@bachata-buddy/vocabulary';
import { INDEFINITE_ARTICLES, leadOf } from './around-move.ts';
import type { Hit } from './hit.ts';
import { readNumber } from './numbers.ts';
import { foldedText, type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

/** How often a move is to come: at least so often (0: it need not), at least once, or again and again. */
type WishedOften = number | 'some' | 'many';

export interface HowOften {
  readonly often: WishedOften;
  /** Whether a number of them means no more than that. */
  readonly isExact: boolean;
  /** No oftener than that, where another bound is said than the number itself: "at most two turns". */
  readonly most?: number;
}

const SOME: HowOften = { often: 'some', isExact: false };

/** What stands beside a number: that many at least or at most, or more or less than that. */
type Bound = 'least' | 'most' | 'more' | 'less';

const phrases = (bound: Bound, list: string) => list.split(', ').map((phrase) => [phrase, bound] as const);

const IN_FRONT: ReadonlyMap<string, Bound> = new Map([
  ...phrases(
    'least',
    'at least, al menos, por lo menos, minimum, minimum of, minimo, minimo de, como minimo',
  ),
  ...phrases('most', 'at most, at the most, at the very most, max, max of, maximum, maximum of, up to'),
  ...phrases('most', 'limited to, maximo, maximo de, como maximo, como mucho, a lo sumo, hasta'),
  ...phrases('more', 'more than, over, mas de'),
  ...phrases('less', 'less than, fewer than, menos de'),
]);
const BEHIND: ReadonlyMap<string, Bound> = new Map([
  ...phrases('least', 'at least, or more, minimum, al menos, por lo menos, como minimo, minimo, o mas'),
  ...phrases('most', 'at most, at the most, at the very most, max, maximum, tops, or less, or fewer'),
  ...phrases('most', 'como mucho, como maximo, maximo, a lo sumo, o menos'),
]);
const LONGEST_PHRASE = 4;

/** "Don't do more than two turns": what turns "more than" and "less than" round, this far in front of them. */
const NEGATORS = words(
  'no not never without avoid avoiding dont doesnt wont cant cannot shouldnt nor sin nunca evita evitar tampoco ni',
);
const NEGATION_REACH = 5;
const CLAUSE_ENDS = words('and but with plus y e pero con');

const MANY = words('many mucho mucha muchos muchas');
const MANY_OF = words('lots lot plenty loads tons full monton');
const COUPLES = words('couple pair par');
/** Behind these a number counts no moves: "level 2 turns", "this one". */
const NUMBERED = words(
  'level lvl nivel number numero part parte chorus coro version this that last next every each',
);
/** "Two moves of footwork", "two turns in each chorus": what is counted, and where it is counted anew. */
const COUNTED = words('move moves step steps paso pasos movimiento movimientos');
const PARTS = 'estribillo|coro|verso|estrofa|minuto|frase|parte|ocho';
const ANEW = new RegExp(`^(?:(?:in|on|at|for|en|a) )?(?:per|each|every|cada)\\b|^por (?:${PARTS})\\b`);
/** "A single dip", "una sola vuelta". */
const SINGLE = words('single sola unica unico');
const EXACTLY = words('exactly only just exactamente solo solamente unicamente');
/** Between an "only" and its move: "solo quiero una vuelta". */
const ONLY_VERBS = words('want wants do include with need quiero queremos con haz pon');
const NOT = words('not no');
const LIMITERS = words('limit limits limiting keep keeping limita limitar limitando');
const TIMES = words('times time veces vez');
const ONCE_AND_TWICE: ReadonlyMap<string, number> = new Map([
  ['once', 1],
  ['twice', 2],
  ['thrice', 3],
]);
/** What may follow a number behind a move; what else does makes it a number of something else. */
const AFTER_NUMBER = words('and y e but pero with con please of in por for then');

/** How often a sentence wants a move: by what it says in front of the move, or behind. */
export function readHowOften(tokens: readonly Token[], hit: Hit): HowOften {
  const counted = countedInFront(tokens, hit) ?? countedBehind(tokens, hit);
  if (counted !== null) return howOftenOf(counted);
  const lead = leadOf(tokens, hit);
  const word = wordAt(tokens, lead);
  const isMany = MANY.has(word) || (MANY_OF.has(word) && /^(of|de)$/.test(wordAt(tokens, lead + 1)));
  return isMany ? { often: 'many', isExact: false } : SOME;
}

/** Whether a word counts moves. */
export function isNumber(word: string): boolean {
  return (readNumber(word) ?? 0) > 0;
}

interface Counted {
  readonly number: number;
  /** Of "two or three" the two. */
  readonly lower?: number | undefined;
  readonly bound: Bound | undefined;
}

function howOftenOf({ number, lower, bound }: Counted): HowOften {
  const upTo = (most: number): HowOften => ({
    often: 0,
    isExact: false,
    most: Math.min(MAX_WISHED_TIMES, Math.max(1, most)),
  });
  const least = (often: number): HowOften => ({
    often: often > MAX_WISHED_TIMES ? 'many' : often,
    isExact: false,
  });
  if (bound === 'most') return upTo(number);
  if (bound === 'less') return upTo(number - 1);
  if (bound === 'more') return least(number + 1);
  if (bound === 'least' || number > MAX_WISHED_TIMES) return least(lower ?? number);
  return lower === undefined
    ? { often: number, isExact: true }
    : { often: lower, isExact: false, most: number };
}

/** "At most two turns", "two turns at most", "two or three turns", "only a turn"; null where nothing is counted. */
function countedInFront(tokens: readonly Token[], hit: Hit): Counted | null {
  const lead = leadOf(tokens, hit);
  const last = COUNTED.has(wordAt(tokens, lead)) ? lead - 1 : lead;
  // "Once a lift" is no number of lifts.
  const counted = articleOf(tokens, hit) === null ? numberUpTo(tokens, last) : null;
  if (counted === null) return oneInFront(tokens, hit);
  const { number, at } = counted;
  if (NUMBERED.has(wordAt(tokens, at - 1))) return null;
  if (ANEW.test(textBehind(tokens, hit.end))) return { number, bound: 'least' };
  const lower = lowerOf(tokens, at, number);
  const bound = boundInFront(tokens, lower?.at ?? at) ?? boundBehind(tokens, hit.end);
  // "At least two dips, at most four".
  const upper = bound === 'least' ? countedBehind(tokens, hit) : null;
  if (upper?.bound === 'most') return { number: upper.number, lower: number, bound: undefined };
  return { number, lower: lower?.number, bound };
}

/** A number whose last word stands at a place, and where it begins: "twenty five", "treinta y cinco", "a couple of". */
function numberUpTo(
  tokens: readonly Token[],
  last: number,
): { readonly number: number; readonly at: number } | null {
  const word = wordAt(tokens, last);
  if (COUPLES.has(word) && /^(of|de)$/.test(wordAt(tokens, last + 1))) {
    return { number: 2, at: INDEFINITE_ARTICLES.has(wordAt(tokens, last - 1)) ? last - 1 : last };
  }
  const number = readNumber(word);
  if (number === null || number < 1) return null;
  const tensAt = wordAt(tokens, last - 1) === 'y' ? last - 2 : last - 1;
  const tens = readNumber(wordAt(tokens, tensAt)) ?? 0;
  const isInWords = !/\d/.test(word + wordAt(tokens, tensAt));
  const isSum = isInWords && number < 10 && tens >= 20 && tens % 10 === 0;
  return isSum ? { number: tens + number, at: tensAt } : { number, at: last };
}

/** A single one: "at most a dip", "exactly a turn", "un solo giro". An article alone counts nothing. */
function oneInFront(tokens: readonly Token[], hit: Hit): Counted | null {
  const lead = leadOf(tokens, hit);
  const isPlural = wordAt(tokens, hit.end - 1).endsWith('s');
  const isUnSolo = wordAt(tokens, lead) === 'solo' && wordAt(tokens, lead - 1) === 'un';
  if (!isPlural && (isUnSolo || SINGLE.has(wordAt(tokens, lead)))) {
    const at = INDEFINITE_ARTICLES.has(wordAt(tokens, lead - 1)) ? lead - 1 : lead;
    return { number: 1, bound: boundInFront(tokens, at) };
  }
  const article = articleOf(tokens, hit);
  if (article === null) return null;
  const bound = boundInFront(tokens, article) ?? boundBehind(tokens, hit.end);
  if (bound === 'most') return { number: 1, bound };
  return isBehindExactly(tokens, article) ? { number: 1, bound: undefined } : null;
}

/** Where "a" stands in front of a move; null where it does not. */
function articleOf(tokens: readonly Token[], hit: Hit): number | null {
  for (let at = leadOf(tokens, hit) + 1; at < hit.start; at += 1) {
    if (INDEFINITE_ARTICLES.has(wordAt(tokens, at))) return at;
  }
  return null;
}

function isBehindExactly(tokens: readonly Token[], article: number): boolean {
  let at = article - 1;
  while (ONLY_VERBS.has(wordAt(tokens, at))) at -= 1;
  return EXACTLY.has(wordAt(tokens, at)) && !NOT.has(wordAt(tokens, at - 1));
}

/** The lesser number of "two or three", "2-3", "between two and three". */
function lowerOf(tokens: readonly Token[], at: number, number: number) {
  const link = wordAt(tokens, at - 1);
  const isLinked =
    /^(or|to|o|a)$/.test(link) ||
    (/^(and|y)$/.test(link) && /^(between|entre)$/.test(wordAt(tokens, at - 3)));
  const lowerAt = isLinked ? at - 2 : at - 1;
  const lower = readNumber(wordAt(tokens, lowerAt));
  return lower !== null && lower >= 1 && lower < number ? { at: lowerAt, number: lower } : undefined;
}

/** The words of a clause that end in front of a place, the nearest last: "max. 2" is one. */
function wordsInFront(tokens: readonly Token[], at: number): string[] {
  const found: string[] = [];
  for (let index = at - 1; index >= 0 && found.length < LONGEST_PHRASE + NEGATION_REACH; index -= 1) {
    const { folded, isWord } = tokens[index]!;
    if (isWord) found.unshift(folded);
    else if (folded !== '.' && folded !== ':') break;
  }
  return found;
}

function boundInFront(tokens: readonly Token[], at: number): Bound | undefined {
  const before = wordsInFront(tokens, at);
  for (let length = LONGEST_PHRASE; length > 0; length -= 1) {
    const bound = IN_FRONT.get(before.slice(-length).join(' '));
    if (bound !== undefined) return turned(bound, before.slice(0, -length));
  }
  return undefined;
}

/** "No more than" is "at most". */
function turned(bound: Bound, before: readonly string[]): Bound {
  const near = before.slice(-NEGATION_REACH);
  const clause = near.slice(near.findLastIndex((word) => CLAUSE_ENDS.has(word)) + 1);
  if (!clause.some((word) => NEGATORS.has(word))) return bound;
  return bound === 'more' ? 'most' : bound === 'less' ? 'least' : bound;
}

function textBehind(tokens: readonly Token[], end: number): string {
  return foldedText(tokens.slice(end, end + LONGEST_PHRASE));
}

function boundBehind(tokens: readonly Token[], end: number): Bound | undefined {
  const from = wordAt(tokens, end) === '(' ? end + 1 : end;
  const after = tokens.slice(from, from + LONGEST_PHRASE).map(({ folded }) => folded);
  for (let length = LONGEST_PHRASE; length > 0; length -= 1) {
    const bound = BEHIND.get(after.slice(0, length).join(' '));
    if (bound === undefined) continue;
    const next = wordAt(tokens, from + length);
    // In front of a number it belongs to what comes next: "turns, at most two dips".
    return isNumber(next) || INDEFINITE_ARTICLES.has(next) ? undefined : bound;
  }
  return undefined;
}

/** "Turns: max 2", "limit the turns to two", "a dip only once"; null where nothing of that kind is said. */
function countedBehind(tokens: readonly Token[], hit: Hit): Counted | null {
  const from = /^[:,(]$/.test(wordAt(tokens, hit.end)) ? hit.end + 1 : hit.end;
  for (let at = from; at < from + LONGEST_PHRASE + 1; at += 1) {
    const counted = numberBehind(tokens, at);
    if (counted === null) continue;
    const between = tokens.slice(from, at).map(({ folded }) => folded);
    const bound = IN_FRONT.get(between.join(' ')) ?? IN_FRONT.get(between.slice(1).join(' '));
    const isLimited = /^(to|a)$/.test(between.join(' ')) && isBehindLimiter(tokens, hit);
    const isPlain = between.length === 0 || (between.length === 1 && EXACTLY.has(between[0]!));
    if (between.length === 0 && counted.bound !== undefined) return counted;
    if (isLimited) return { ...counted, bound: 'most' };
    if (bound !== undefined) return { ...counted, bound: turned(bound, between) };
    return isPlain && counted.isTimes ? { ...counted, bound: undefined } : null;
  }
  return null;
}

/** A number at a place, and whether it is one of times; null where it is none, or counts something else. */
function numberBehind(
  tokens: readonly Token[],
  at: number,
): (Counted & { readonly isTimes: boolean }) | null {
  const word = wordAt(tokens, at);
  const once = ONCE_AND_TWICE.get(word) ?? null;
  const isUnaVez = word === 'una' && wordAt(tokens, at + 1) === 'vez';
  const number = once ?? (isUnaVez ? 1 : readNumber(word));
  if (number === null || number < 1) return null;
  const hasTimes = once === null && TIMES.has(wordAt(tokens, at + 1));
  const end = at + (hasTimes ? 2 : 1);
  const bound = boundBehind(tokens, end);
  const next = tokens[end];
  const isEnd = next === undefined || !next.isWord || (AFTER_NUMBER.has(next.folded) && word !== 'once');
  return isEnd || bound !== undefined ? { number, bound, isTimes: once !== null || hasTimes } : null;
}

function isBehindLimiter(tokens: readonly Token[], { start }: Hit): boolean {
  return wordsInFront(tokens, start)
    .slice(-LONGEST_PHRASE)
    .some((word) => LIMITERS.has(word));
}
