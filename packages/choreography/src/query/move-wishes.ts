import { findMeanings, type Hit } from './find-meanings.ts';
import { type Token, tokenize } from './tokens.ts';

/** How often a move is to come: at least once, exactly so often, or again and again. */
export type WishedOften = number | 'some' | 'many';

/** A move that a sentence asks for. */
export interface SaidWish {
  /** Family, as the lexicon names it. */
  readonly name: string;
  /** "right" of "right turn": preferred where the library has such a move. */
  readonly qualifier: string | null;
  readonly place: 'anywhere' | 'opening' | 'ending';
  readonly often: WishedOften;
  /** Where it comes among those that were asked for in an order, from 0; null where none was said. */
  readonly order: number | null;
}

/** What a sentence says of moves. */
export interface SaidMoves {
  /** In the order said. */
  readonly wanted: readonly SaidWish[];
  readonly refused: readonly string[];
  /** "only basics and side steps": nothing else; empty where nothing of that kind is said. */
  readonly only: readonly string[];
}

const words = (list: string) => new Set(list.split(' '));
/** Words before a move that a wish is read from; farther away they belong to something else. */
const REACH = 5;
const OPENING = words(
  'start starts starting begin begins beginning open opens opening empieza empezar empezando comienza comenzar abre',
);
const ENDING = words(
  'finish finishes finishing end ends ending close closes closing termina terminar terminando acaba acabar cierra',
);
const THEN = words('then afterwards followed next luego despues entonces seguido');
const MANY = words('lots plenty many loads tons full mucho mucha muchos muchas');
const ONLY = words('only just solo solamente unicamente');
/** Between the members of a list. */
const LINKS = words('and or y e o u with con , a an the un una el la los las');
const QUALIFIERS = new Map([
  ['right', 'right'],
  ['left', 'left'],
  ['derecha', 'right'],
  ['izquierda', 'left'],
]);
const NUMBERS = new Map(
  'one two three four five six seven eight nine uno dos tres cuatro cinco seis siete ocho nueve'
    .split(' ')
    .map((word, index) => [word, (index % 9) + 1] as const),
);

/**
 * Reads which moves a sentence asks for, where, how often and in which order, English or Spanish: "start with a basic,
 * then a right turn, exactly 2 dips, finish with a hammerlock, no lifts". Empty lists where it names no move.
 */
export function readMoveWishes(sentence: string): SaidMoves {
  const tokens = tokenize(sentence);
  const hits = findMeanings(tokens).filter(({ meaning }) => meaning.kind === 'move');
  const nameOf = ({ meaning }: Hit) => String(meaning.value);
  const refused = new Set(hits.filter(({ negation }) => negation !== 'no').map(nameOf));
  const wanted = hits.filter((hit) => hit.negation === 'no' && !refused.has(nameOf(hit)));
  const isInOrder = tokens.some(({ folded }) => THEN.has(folded));
  const said = wanted.map((hit, index) => {
    const before = wordsBefore(tokens, hit, wanted[index - 1]?.end ?? 0);
    return {
      name: nameOf(hit),
      qualifier: qualifierOf(tokens, hit),
      place: placeOf(before),
      often: oftenOf(before),
      order: isInOrder ? index : null,
    };
  });
  return { wanted: merged(said), refused: [...refused], only: onlyOf(tokens, wanted).map(nameOf) };
}

/** The words in front of a move that may belong to it, the nearest last. */
function wordsBefore(tokens: readonly Token[], { start }: Hit, from: number): string[] {
  return tokens.slice(Math.max(from, start - REACH), start).map(({ folded }) => folded);
}

function qualifierOf(tokens: readonly Token[], { start, end }: Hit): string | null {
  const near = [tokens[start - 1]?.folded ?? '', tokens[end]?.folded ?? ''];
  return near.map((word) => QUALIFIERS.get(word)).find((word) => word !== undefined) ?? null;
}

function placeOf(before: readonly string[]): SaidWish['place'] {
  const last = before.findLast((word) => OPENING.has(word) || ENDING.has(word) || THEN.has(word)) ?? '';
  if (OPENING.has(last)) return 'opening';
  return ENDING.has(last) ? 'ending' : 'anywhere';
}

function oftenOf(before: readonly string[]): WishedOften {
  const number = before.map(numberOf).findLast((value) => value !== null);
  if (number !== undefined && number !== null) return number;
  return before.some((word) => MANY.has(word)) ? 'many' : 'some';
}

function numberOf(word: string): number | null {
  return /^[1-9]$/.test(word) ? Number(word) : (NUMBERS.get(word) ?? null);
}

/** The moves of a list that an "only" stands in front of. */
function onlyOf(tokens: readonly Token[], wanted: readonly Hit[]): Hit[] {
  const listed: Hit[] = [];
  for (const hit of wanted) {
    const previous = listed.at(-1);
    const from = previous?.end ?? Math.max(0, hit.start - REACH);
    const between = tokens.slice(from, hit.start).map(({ folded }) => folded);
    const isNext = previous !== undefined && between.every((word) => LINKS.has(word));
    const isFirst = previous === undefined && ONLY.has(between.findLast((word) => !LINKS.has(word)) ?? '');
    if (isNext || isFirst) listed.push(hit);
  }
  return listed;
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
