import type { Hit } from './hit.ts';
import { type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

const ARTICLES = words('a an the el la los las un una other about around only just solo');
/** Of the song, but not how much of it: "a pause in the last 10 seconds", "a new move every 8 counts". */
const NOT_IN_FRONT = words(
  'last final ultimos ultimas past every each cada in en on at dentro within after before until during tras antes per by next middle',
);
/** "With a 16 count intro", "and 8 counts of turns": one thing in the dance beside others. */
const BESIDE = words('with con and y then luego including include add plus has having');
const FIRST = words('first opening primer primeros primeras');
const FOR = words('for durante por');
const OF = words('of de');
const ONLY = words('only just solo solamente unicamente dance dancing bailar baila bailamos');
/** What is held or lasts within a dance. */
const HELD = words('hold holding freeze stay pose posing keep mantener manten aguanta aguantar sostener');
/** Nouns of a part of a dance or of a song. */
const PARTS = words(
  'pause pauses break breaks intro introduction outro ending finish start pose freeze section sections part parts phrase phrases block blocks step steps move moves combo combos combination combinations hold solo bridge pausa pausas introduccion final parte partes frase frases bloque bloques paso pasos movimiento movimientos secuencia secuencias basic basics shine shines',
);
/** What somebody asks for as a whole: "a 16 count combo". */
const WHOLES = words('combo combos combination combinations secuencia phrase');
/** Behind "the first 8 counts": they are told how to be. */
const TELLING = words(
  'should must shall will can could may is are be with only no without basic deben debe sean sea son es con sin',
);

/** A number of seconds or counts in a sentence: its tokens, and whether one move may last so long. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly isShort: boolean;
}

/**
 * Whether a time or a number of counts is that of something in the dance, and not how long the dance is: "a new move
 * every 8 counts", "the first 8 counts should be basics", "hold the dip for 8 counts", "a 16 count intro".
 */
export function isPartOfDance(
  tokens: readonly Token[],
  hits: readonly Hit[],
  { start, end, isShort }: Stretch,
): boolean {
  const word = (index: number) => wordAt(tokens, index);
  const isMove = (index: number) =>
    hits.some(({ meaning, start, end }) => meaning.kind === 'move' && index >= start && index < end);
  const isPart = (index: number) => PARTS.has(word(index)) || (isShort && isMove(index));
  // "Of the song" is said of what is danced.
  const isOfSong =
    OF.has(word(end)) &&
    /^(song|music|track|cancion|tema|musica)$/.test(word(end + (ARTICLES.has(word(end + 1)) ? 2 : 1)));
  let before = start - 1;
  while (ARTICLES.has(word(before))) before -= 1;
  if (NOT_IN_FRONT.has(word(before))) return true;
  if (FIRST.has(word(before))) {
    before -= 1;
    while (ARTICLES.has(word(before)) && !ONLY.has(word(before))) before -= 1;
    if (isOfSong) return NOT_IN_FRONT.has(word(before)) && !/^(to|a)$/.test(word(before));
    const isSomewhere = NOT_IN_FRONT.has(word(before)) || FOR.has(word(before)) || BESIDE.has(word(before));
    return isSomewhere || TELLING.has(word(end)) || isPart(end) || isTold(tokens, hits, end);
  }
  if (isOfSong) return false;
  const isWhole = WHOLES.has(word(end)) && !BESIDE.has(word(before));
  if (isWhole) return false;
  if (isPart(end) || (OF.has(word(end)) && isPart(end + 1))) return true;
  if (OF.has(word(before)) && isPart(before - 1)) return true;
  if (isShort && BESIDE.has(word(before))) return true;
  return isShort && FOR.has(word(before)) && isHeld(tokens, isMove, before - 1);
}

/** Whether a word of how to dance stands there: "the first 10 seconds slow". */
function isTold(tokens: readonly Token[], hits: readonly Hit[], index: number): boolean {
  return (
    tokens[index]?.isWord === true &&
    hits.some(({ meaning, start }) => start === index && meaning.kind !== 'dance')
  );
}

/** Whether in front of a "for", back to the last stop, something is held or moved. */
function isHeld(tokens: readonly Token[], isMove: (index: number) => boolean, index: number): boolean {
  for (let at = index; at >= 0 && tokens[at]?.isWord === true; at--) {
    if (isMove(at) || HELD.has(wordAt(tokens, at))) return true;
  }
  return false;
}
