import { cutText } from '@bachata-buddy/platform';
import { timeAt } from './extent.ts';
import type { Hit } from './hit.ts';
import { type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

export const MAX_REQUIREMENTS = 8;
export const MAX_REQUIREMENT_LENGTH = 80;

const MODIFIERS = words(
  'smooth fluid simple easy basic clean sharp big small slow quick fast complex elegant fancy dramatic romantic sensual playful energetic soft strong close few many some more extra fun beautiful creative double multiple continuous minimal cool modern open closed tight ' +
    'suave suaves fluida fluidas sencillo sencillos simples facil faciles lento lentos lentas rapido rapidos rapidas elegante elegantes muchas muchos pocas pocos varias varios complejo complejos compleja complejas cerrado cerrada abierto abierta',
);
const QUANTITIES = ['lots of', 'a lot of', 'plenty of', 'loads of', 'tons of', 'full of', 'un monton de'];
const NOUNS = words(
  'transition transitions step steps move moves movement movements turn turns spin spins dip dips lift lifts wave waves roll rolls footwork styling hips arms musicality pauses accents ending finish intro connection combo combos combinations patterns poses embrace position positions hold ' +
    'transicion transiciones paso pasos movimiento movimientos vuelta vueltas giro giros ondas caderas final pausas abrazo posicion posiciones',
);
const NOUN_HEADS = words('body hip head side cross arm lady foot');
const NEGATORS = words('no without sin');
/** "The last 30 seconds": not how long, but which. */
const ENDS_OF_SONG = words('first last final primeros primeras ultimos ultimas');
const TIME_UNITS = words('second seconds sec secs minute minutes min mins segundo segundos minuto minutos');

/**
 * Free wishes in the sentence's own words: "smooth transitions", "lots of turns", "no dips", "2 minutes". What the
 * sentence refuses is told as refused ("I don't want any fast spins": "no fast spins"), and of what it wants few
 * nothing is told. At most {@link MAX_REQUIREMENTS}, lower case, in the order said; empty where there are none.
 */
export function findSpecialRequirements(tokens: readonly Token[], hits: readonly Hit[]): string[] {
  const found: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const length = timeLength(tokens, index) || phraseLength(tokens, index);
    if (length === 0) continue;
    const text = requirementText(tokens.slice(index, index + length), negationIn(hits, index, length));
    if (text !== null) found.push(cutText(text, { length: MAX_REQUIREMENT_LENGTH }));
    index += length - 1;
  }
  return [...new Set(found)].slice(0, MAX_REQUIREMENTS);
}

/** How the words of a phrase are negated by words in front of it. */
function negationIn(hits: readonly Hit[], start: number, length: number): Hit['negation'] {
  const isCutOff = ({ negatedFrom, end, ...hit }: Hit) =>
    (negatedFrom ?? -1) < start && hit.start >= start && end <= start + length;
  return hits.filter(({ negation }) => negation !== 'no').find(isCutOff)?.negation ?? 'no';
}

/** Null where words in front of it say that little of it is wanted. */
function requirementText(phrase: readonly Token[], negation: Hit['negation']): string | null {
  if (negation === 'softened') return null;
  const text = phrase
    .map(({ shown }) => shown)
    .join(' ')
    .replace(/ ([:.,]) /g, '$1');
  if (NEGATORS.has(phrase[0]?.folded ?? '')) return text.replace(/^\S+/, 'no');
  return negation === 'full' ? `no ${text}` : text;
}

/** Tokens of "2 minutes", "1.5 minutes", "last 30 seconds" beginning here; 0 where none does. */
function timeLength(tokens: readonly Token[], index: number): number {
  const isOfSong = ENDS_OF_SONG.has(wordAt(tokens, index));
  const from = isOfSong ? index + 1 : index;
  if (!/^\d{1,3}$/.test(wordAt(tokens, from))) return 0;
  const end = timeAt(tokens, from)?.end ?? from;
  return tokens.slice(from, end).some(({ folded }) => TIME_UNITS.has(folded)) ? end - index : 0;
}

/** Tokens of "lots of smooth turns", "no dips", "transiciones suaves" beginning here; 0 where none does. */
function phraseLength(tokens: readonly Token[], index: number): number {
  const folded = (offset: number) => wordAt(tokens, index + offset);
  let length = NEGATORS.has(folded(0)) ? 1 : quantityLength(tokens, index);
  while (MODIFIERS.has(folded(length))) length++;
  const nounLength = nounLengthAt(tokens, index + length);
  if (nounLength === 0) return 0;
  if (length > 0) return length + nounLength;
  let after = nounLength;
  while (MODIFIERS.has(folded(after)) && isSpanishNoun(folded(0))) after++;
  return after > nounLength ? after : 0;
}

function quantityLength(tokens: readonly Token[], index: number): number {
  const ahead = tokens.slice(index, index + 3).map((token) => token.folded);
  const quantity = QUANTITIES.find((text) => ahead.slice(0, text.split(' ').length).join(' ') === text);
  return quantity === undefined ? 0 : quantity.split(' ').length;
}

function nounLengthAt(tokens: readonly Token[], index: number): number {
  const first = wordAt(tokens, index);
  if (NOUN_HEADS.has(first) && NOUNS.has(wordAt(tokens, index + 1))) return 2;
  return NOUNS.has(first) ? 1 : 0;
}

/** Spanish puts the adjective behind; in English what follows a noun belongs to the next phrase. */
function isSpanishNoun(word: string): boolean {
  return /^(transicion|paso|movimiento|vuelta|giro|onda|cadera|pausa|abrazo|posicion)/.test(word);
}
