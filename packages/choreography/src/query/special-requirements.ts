import { cutText } from '@bachata-buddy/platform';
import type { Token } from './tokens.ts';

export const MAX_REQUIREMENTS = 8;
export const MAX_REQUIREMENT_LENGTH = 80;

const words = (list: string) => new Set(list.split(' '));
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
const TIME_UNITS = words('second seconds sec secs minute minutes min mins segundo segundos minuto minutos');

/**
 * Free wishes in the sentence's own words: "smooth transitions", "lots of turns", "no dips", "2 minutes".
 * At most {@link MAX_REQUIREMENTS}, lower case, in the order said; empty where there are none.
 */
export function findSpecialRequirements(tokens: readonly Token[]): string[] {
  const found: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const length = timeLength(tokens, index) || phraseLength(tokens, index);
    if (length === 0) continue;
    const text = tokens.slice(index, index + length).map((token) => token.shown);
    if (NEGATORS.has(tokens[index]!.folded)) text[0] = 'no';
    found.push(cutText(text.join(' '), { length: MAX_REQUIREMENT_LENGTH }));
    index += length - 1;
  }
  return [...new Set(found)].slice(0, MAX_REQUIREMENTS);
}

function timeLength(tokens: readonly Token[], index: number): number {
  const isTime = /^\d{1,3}$/.test(tokens[index]!.folded) && TIME_UNITS.has(tokens[index + 1]?.folded ?? '');
  return isTime ? 2 : 0;
}

/** Tokens of "lots of smooth turns", "no dips", "transiciones suaves" beginning here; 0 where none does. */
function phraseLength(tokens: readonly Token[], index: number): number {
  const folded = (offset: number) => tokens[index + offset]?.folded ?? '';
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
  const first = tokens[index]?.folded ?? '';
  if (NOUN_HEADS.has(first) && NOUNS.has(tokens[index + 1]?.folded ?? '')) return 2;
  return NOUNS.has(first) ? 1 : 0;
}

/** Spanish puts the adjective behind; in English what follows a noun belongs to the next phrase. */
function isSpanishNoun(word: string): boolean {
  return /^(transicion|paso|movimiento|vuelta|giro|onda|cadera|pausa|abrazo|posicion)/.test(word);
}
