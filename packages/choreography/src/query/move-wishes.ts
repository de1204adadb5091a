import { type Direction, MAX_WISHED_MOVES } from '@bachata-buddy/vocabulary';
import { readTokens } from './correct-typos.ts';
import { findMeanings } from './find-meanings.ts';
import type { Hit } from './hit.ts';
import { readNumber } from './numbers.ts';
import { ENDING_VERBS, OPENING_VERBS, PLACE_LINKS, toldPlace } from './place-words.ts';
import type { Token } from './tokens.ts';

/** How often a move is to come: at least once, so often, or again and again. */
export type WishedOften = number | 'some' | 'many';

/** A move that a sentence asks for. */
export interface SaidWish {
  /** Family, as the lexicon names it. */
  readonly name: string;
  /** "right" of "right turn": preferred where the library has such a move. */
  readonly qualifier: Direction | null;
  readonly place: 'anywhere' | 'opening' | 'ending';
  readonly often: WishedOften;
  /** Whether a number of them means no more than that. */
  readonly isExact: boolean;
  /** Where it comes among those that were asked for in an order, from 0; null where none was said. */
  readonly order: number | null;
}

/** What a sentence says of moves. */
export interface SaidMoves {
  /** In the order said, at most a dozen. */
  readonly wanted: readonly SaidWish[];
  readonly refused: readonly string[];
  /** "only basics and side steps": nothing else; empty where nothing of that kind is said. */
  readonly only: readonly string[];
}

/** More of one move nobody means by a number in front of it. */
const MOST_OF_ONE = 12;

const words = (list: string) => new Set(list.split(' '));
/** Words that may stand between a number, or a verb's "with", and the move. */
const FILLERS = words(
  'a an the un una unos unas el la los las of de some nice big small slow fast quick smooth clean sharp simple easy basic right left double lady ladies her his',
);
/** Between such a verb and its "with": "finish the whole dance with". */
const OBJECTS = words(
  'it off out up the this whole dance song routine choreography bachata everything el la baile todo cancion coreografia rutina',
);
const BEHIND = {
  opening: [
    'at the start',
    'at the beginning',
    'to start',
    'to begin',
    'al principio',
    'al comienzo',
    'para empezar',
  ],
  ending: [
    'at the end',
    'to finish',
    'to end',
    'at the very end',
    'al final',
    'para terminar',
    'para acabar',
  ],
} as const;
const THEN = words('then afterwards followed luego despues entonces seguido');
const MANY = words('many mucho mucha muchos muchas');
const MANY_OF = words('lots lot plenty loads tons full monton');
const ONLY = words('only exclusively solely solamente unicamente exclusivamente');
/** Between an "only" and its move: "I only want turns". */
const ONLY_VERBS = words(
  'want wants use using do include with need have quiero queremos usa usar con haz hacer',
);
const NOT = words('not no');
/** A "solo" that is no dance for one. */
const SPANISH = words(
  'un una el la los las con pasos paso vueltas vuelta giros giro ondas onda caidas caida boleros golpes caderas',
);
/** Between the members of a list. */
const LINKS = words('and or y e o u , a an the un una el la los las');
const LEAST = ['at least', 'al menos', 'por lo menos', 'minimum', 'minimo'];
const QUALIFIERS: ReadonlyMap<string, Direction> = new Map([
  ['right', 'right'],
  ['left', 'left'],
  ['derecha', 'right'],
  ['izquierda', 'left'],
  ['inside', 'inside'],
  ['outside', 'outside'],
  ['interior', 'inside'],
  ['exterior', 'outside'],
]);
/**
 * Reads which moves a sentence asks for, where, how often and in which order, English or Spanish: "start with a basic,
 * then a right turn, exactly 2 dips, finish with a hammerlock, no lifts". Empty lists where it names no move.
 */
export function readMoveWishes(sentence: string): SaidMoves {
  const tokens = readTokens(sentence);
  const hits = findMeanings(tokens).filter(({ meaning }) => meaning.kind === 'move');
  const nameOf = ({ meaning }: Hit) => String(meaning.value);
  const refused = new Set(hits.filter(({ negation }) => negation === 'full').map(nameOf));
  const wanted = hits.filter((hit) => hit.negation === 'no' && !refused.has(nameOf(hit)));
  const isInOrder = tokens.some(({ folded }) => THEN.has(folded));
  const said = wanted.slice(0, MAX_WISHED_MOVES).map((hit, index): SaidWish => {
    const place = placeOf(tokens, hit);
    const isPlaced = place !== 'anywhere';
    return {
      name: nameOf(hit),
      qualifier: qualifierOf(tokens, hit),
      place,
      // One move opens, and one closes.
      ...(isPlaced ? { often: 'some', isExact: false } : oftenOf(tokens, hit)),
      order: isInOrder && !isPlaced ? index : null,
    };
  });
  return { wanted: merged(said), refused: [...refused], only: onlyOf(tokens, wanted).map(nameOf) };
}

function qualifierOf(tokens: readonly Token[], { start, end }: Hit): Direction | null {
  const near = [tokens[start - 1]?.folded ?? '', tokens[end]?.folded ?? ''];
  return near.map((word) => QUALIFIERS.get(word)).find((word) => word !== undefined) ?? null;
}

/** The nearest word in front of a move that is no article and no adjective. */
function leadOf(tokens: readonly Token[], { start }: Hit): number {
  let at = start - 1;
  while (at >= 0 && FILLERS.has(tokens[at]!.folded)) at -= 1;
  return at;
}

function placeOf(tokens: readonly Token[], hit: Hit): SaidWish['place'] {
  const told = toldPlace(tokens, hit);
  if (told !== null) return told;
  const behind = textOf(tokens.slice(hit.end, hit.end + 4));
  for (const place of ['opening', 'ending'] as const) {
    if (BEHIND[place].some((phrase) => `${behind} `.startsWith(`${phrase} `))) return place;
  }
  let at = leadOf(tokens, hit);
  if (numberOf(tokens[at]?.folded ?? '') !== null) at -= 1;
  if (!PLACE_LINKS.has(tokens[at]?.folded ?? '')) return 'anywhere';
  do at -= 1;
  while (OBJECTS.has(tokens[at]?.folded ?? ''));
  const verb = tokens[at]?.folded ?? '';
  if (OPENING_VERBS.has(verb)) return 'opening';
  return ENDING_VERBS.has(verb) ? 'ending' : 'anywhere';
}

function oftenOf(tokens: readonly Token[], hit: Hit): Pick<SaidWish, 'often' | 'isExact'> {
  const at = leadOf(tokens, hit);
  const word = tokens[at]?.folded ?? '';
  const number = numberOf(word);
  if (number !== null) {
    const before = textOf(tokens.slice(Math.max(0, at - 3), at));
    return { often: number, isExact: !LEAST.some((phrase) => before.endsWith(phrase)) };
  }
  const isMany = MANY.has(word) || (MANY_OF.has(word) && ['of', 'de'].includes(tokens[at + 1]?.folded ?? ''));
  return { often: isMany ? 'many' : 'some', isExact: false };
}

function numberOf(word: string): number | null {
  const number = readNumber(word);
  return number !== null && number >= 2 && number <= MOST_OF_ONE ? number : null;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ folded }) => folded).join(' ');
}

/** The moves of a list that an "only" stands in front of. */
function onlyOf(tokens: readonly Token[], wanted: readonly Hit[]): Hit[] {
  const listed: Hit[] = [];
  for (const hit of wanted) {
    const previous = listed.at(-1);
    const isNext =
      previous !== undefined &&
      tokens.slice(previous.end, hit.start).every(({ folded }) => LINKS.has(folded) || FILLERS.has(folded));
    if (isNext || (previous === undefined && isBehindOnly(tokens, hit))) listed.push(hit);
  }
  return listed;
}

function isBehindOnly(tokens: readonly Token[], hit: Hit): boolean {
  let at = leadOf(tokens, hit);
  const word = (index: number) => tokens[index]?.folded ?? '';
  while (ONLY_VERBS.has(word(at))) at -= 1;
  // "Just turns" is a limit, "just a turn" is modest.
  const isJust = word(at) === 'just' && at === hit.start - 1 && word(hit.end - 1).endsWith('s');
  const isSolo = word(at) === 'solo' && (SPANISH.has(word(at + 1)) || ONLY_VERBS.has(word(at + 1)));
  const isOnly = ONLY.has(word(at)) || isJust || isSolo;
  const isNothingElse =
    (/^(but|except)$/.test(word(at)) && word(at - 1) === 'nothing') ||
    (word(at) === 'que' && word(at - 1) === 'mas' && word(at - 2) === 'nada');
  return (isOnly && !NOT.has(word(at - 1))) || isNothingElse;
}

/** Each move once where nobody said in which order they come. */
function merged(said: readonly SaidWish[]): SaidWish[] {
  const kept: SaidWish[] = [];
  for (const wish of said) {
    const same = kept.findIndex(
      (one) =>
        one.order === null &&
        wish.order === null &&
        one.name === wish.name &&
        one.qualifier === wish.qualifier &&
        one.place === wish.place,
    );
    const earlier = kept[same];
    if (earlier === undefined) kept.push(wish);
    else if (earlier.often === 'some') kept[same] = wish;
  }
  return kept;
}
