import { type Direction, MAX_WISHED_MOVES } from '@bachata-buddy/vocabulary';
import { INDEFINITE_ARTICLES, isFiller, leadOf } from './around-move.ts';
import { readTokens } from './correct-typos.ts';
import { readDirections } from './directions.ts';
import { findMeanings } from './find-meanings.ts';
import type { Hit } from './hit.ts';
import { type HowOften, isNumber, readHowOften } from './how-often.ts';
import { ENDING_VERBS, OPENING_VERBS, PLACE_LINKS, toldPlace } from './place-words.ts';
import { foldedText, type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

/** What a sentence wishes of one move: that it comes, or at most how often. */
export interface SaidWish extends HowOften {
  /** Family, as the lexicon names it. */
  readonly name: string;
  /** "right" of "right turn": preferred where the library has such a move. */
  readonly qualifier: Direction | null;
  readonly place: 'anywhere' | 'opening' | 'ending';
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
  const said = wanted.flatMap((hit, index): SaidWish[] => {
    const place = placeOf(tokens, hit);
    const isPlaced = place !== 'anywhere';
    // One move opens, and one closes.
    const howOften = isPlaced ? ONCE : readHowOften(tokens, hit);
    const order = isInOrder && !isPlaced && isWanted(howOften) ? index : null;
    const directions = readDirections(tokens, hit);
    return (directions.length === 0 ? [null] : directions).map((qualifier) => ({
      name: nameOf(hit),
      qualifier,
      place,
      ...howOften,
      order,
    }));
  });
  return {
    wanted: merged(said.slice(0, MAX_WISHED_MOVES)),
    refused: [...refused],
    only: onlyOf(tokens, wanted).map(nameOf),
  };
}

const ONCE: HowOften = { often: 'some', isExact: false };

/** Whether a move is to come: one that may come at most so often need not. */
export function isWanted({ often }: Pick<SaidWish, 'often'>): boolean {
  return often !== 0;
}

function placeOf(tokens: readonly Token[], hit: Hit): SaidWish['place'] {
  const told = toldPlace(tokens, hit);
  if (told !== null) return told;
  const end = wordAt(tokens, hit.end) === 'right' ? hit.end + 1 : hit.end;
  const behind = foldedText(tokens.slice(end, end + 4));
  for (const place of ['opening', 'ending'] as const) {
    if (BEHIND[place].some((phrase) => `${behind} `.startsWith(`${phrase} `))) return place;
  }
  let at = leadOf(tokens, hit);
  if (isNumber(wordAt(tokens, at))) at -= 1;
  if (!PLACE_LINKS.has(wordAt(tokens, at))) return 'anywhere';
  do at -= 1;
  while (OBJECTS.has(wordAt(tokens, at)));
  const verb = wordAt(tokens, at);
  if (OPENING_VERBS.has(verb)) return 'opening';
  return ENDING_VERBS.has(verb) ? 'ending' : 'anywhere';
}

/** The moves of a list that an "only" stands in front of. */
function onlyOf(tokens: readonly Token[], wanted: readonly Hit[]): Hit[] {
  const listed: Hit[] = [];
  for (const hit of wanted) {
    const previous = listed.at(-1);
    const isNext =
      previous !== undefined &&
      tokens.slice(previous.end, hit.start).every(({ folded }) => LINKS.has(folded) || isFiller(folded));
    if (isNext || (previous === undefined && isBehindOnly(tokens, hit))) listed.push(hit);
  }
  return listed;
}

function isBehindOnly(tokens: readonly Token[], hit: Hit): boolean {
  let at = leadOf(tokens, hit);
  const word = (index: number) => wordAt(tokens, index);
  // "Only turns" are nothing else, "only a turn" and "un solo giro" are one turn.
  const isOne =
    tokens.slice(at + 1, hit.start).some(({ folded }) => INDEFINITE_ARTICLES.has(folded)) ||
    word(at - 1) === 'un';
  while (ONLY_VERBS.has(word(at))) at -= 1;
  const isJust = word(at) === 'just' && at === hit.start - 1 && word(hit.end - 1).endsWith('s');
  const isSolo = word(at) === 'solo' && (SPANISH.has(word(at + 1)) || ONLY_VERBS.has(word(at + 1)));
  const isOnly = !isOne && (ONLY.has(word(at)) || isJust || isSolo);
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
    else kept[same] = joined(earlier, wish);
  }
  return kept;
}

/** "Lots of turns, but at most five turns": how many are wanted is said here, how many at most there. */
function joined(earlier: SaidWish, later: SaidWish): SaidWish {
  const isTelling = ({ often }: SaidWish) => often !== 'some' && often !== 0;
  const told = [earlier, later].find(isTelling) ?? [earlier, later].find(isWanted) ?? earlier;
  const most = earlier.most ?? later.most;
  return most === undefined ? told : { ...told, most };
}
