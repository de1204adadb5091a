import type { Direction } from '@bachata-buddy/vocabulary';
import { isFiller, leadOf } from './around-move.ts';
import type { Hit } from './hit.ts';
import { foldedWords, foldText, type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

const named = (direction: Direction, list: string) =>
  list.split(' ').map((word) => [word, direction] as const);

const DIRECTION_WORDS: ReadonlyMap<string, Direction> = new Map([
  ...named('right', 'right derecha derechas derecho derechos'),
  ...named('left', 'left izquierda izquierdas izquierdo izquierdos'),
  ...named('inside', 'inside interior interiores interna internas dentro adentro'),
  ...named('outside', 'outside exterior exteriores externa externas fuera afuera'),
]);
/** "To the left", "hacia la derecha": between a move and where it goes. */
const LINKS = words('going to the on towards toward her his a la hacia por para de');
/** Only behind these a "dentro" tells where a move goes: "dentro del coro" tells when. */
const INWARDS = words('hacia por para de');
const IN_OR_OUT = words('dentro fuera');
/** Words that end a phrase, as a comma does: "to the right beat" is no direction. */
const ENDS = words(
  'and or then but with y o u e luego pero con side hand lado mano please twice once times two three',
);
/** Behind a bare "right" these make another word of it: "right at the end". */
const PLACES = words('at in on for during when while');
const NO_ADJECTIVES = words('a an the un una unos unas el la los las of de');
const ALTERNATIVES = words('or o u');
const JOINERS = words('and y e or o u');

/** Which ways a sentence says a move is to go; none where it says none, or that any of several will do. */
export function readDirections(tokens: readonly Token[], hit: Hit): Direction[] {
  const { directions, isAny } = inFront(tokens, hit) ?? behind(tokens, hit);
  return isAny ? [] : [...new Set(directions)];
}

interface Said {
  readonly directions: readonly Direction[];
  readonly isAny: boolean;
}

/** "Right turn", "left and right turns"; null for nothing. */
function inFront(tokens: readonly Token[], hit: Hit): Said | null {
  let at = hit.start - 1;
  const isAdjective = (word: string) => isFiller(word) && !NO_ADJECTIVES.has(word);
  while (isAdjective(wordAt(tokens, at)) && !DIRECTION_WORDS.has(wordAt(tokens, at))) at -= 1;
  const nearest = DIRECTION_WORDS.get(wordAt(tokens, at));
  if (nearest === undefined) return null;
  const joiner = wordAt(tokens, leadOf(tokens, hit));
  const other = JOINERS.has(joiner)
    ? DIRECTION_WORDS.get(wordAt(tokens, leadOf(tokens, hit) - 1))
    : undefined;
  if (other === undefined) return { directions: [nearest], isAny: false };
  return { directions: [other, nearest], isAny: ALTERNATIVES.has(joiner) };
}

/** "A turn to the left", "vueltas a la derecha y a la izquierda". */
function behind(tokens: readonly Token[], { end }: Hit): Said {
  const directions: Direction[] = [];
  let isAny = false;
  let at = end;
  for (;;) {
    const linked = pastLinks(tokens, at);
    const direction = directionAt(tokens, linked, { isLinked: linked > at });
    if (direction === undefined) return { directions, isAny };
    directions.push(direction);
    const joiner = wordAt(tokens, linked + 1);
    if (!JOINERS.has(joiner)) return { directions, isAny };
    // What is joined may be another move as well: then nothing more is found.
    const next = pastLinks(tokens, linked + 2);
    if (ALTERNATIVES.has(joiner) && directionAt(tokens, next, { isLinked: true }) !== undefined) isAny = true;
    at = linked + 2;
  }
}

function pastLinks(tokens: readonly Token[], from: number): number {
  let at = from;
  while (LINKS.has(wordAt(tokens, at))) at += 1;
  return at;
}

function directionAt(
  tokens: readonly Token[],
  at: number,
  { isLinked }: { readonly isLinked: boolean },
): Direction | undefined {
  const word = wordAt(tokens, at);
  if (IN_OR_OUT.has(word) && !INWARDS.has(wordAt(tokens, at - 1))) return undefined;
  if (word !== 'right' && word !== 'left') return DIRECTION_WORDS.get(word);
  const next = tokens[at + 1];
  const isPlace = (isLinked || word === 'left') && PLACES.has(next?.folded ?? '');
  const isEnd = next === undefined || !next.isWord || ENDS.has(next.folded) || isPlace;
  return isEnd ? DIRECTION_WORDS.get(word) : undefined;
}

/** The ways that a clip's name, id or label tells, English or Spanish. */
export function directionsNamedIn(text: string): Set<Direction> {
  const ofWords = foldedWords(text.replaceAll('_', ' ')).map((word) => DIRECTION_WORDS.get(word));
  const glued = (['left', 'right', 'inside', 'outside'] as const).filter((word) =>
    foldText(text).includes(word),
  );
  return new Set([...ofWords.filter((direction) => direction !== undefined), ...glued]);
}
