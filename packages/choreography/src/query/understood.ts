import type { Extent } from '../extent.ts';
import { isKnownWord } from './correct-typos.ts';
import { timeFromTo } from './extent.ts';
import type { Hit } from './hit.ts';
import type { SaidWish } from './move-wishes.ts';
import { LIMITERS, NEGATORS, QUANTITIES } from './negation.ts';
import { readNumber } from './numbers.ts';
import { ADJECTIVES } from './phrases.ts';
import { ENDING_VERBS, OPENING_VERBS } from './place-words.ts';
import { type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

/** How much of a sentence says something to the rules. */
export interface Understood {
  /** 0..1, of the words that could. */
  readonly share: number;
  /** As they stand in the sentence, each once. */
  readonly words: readonly string[];
}

/** Words that hold a sentence together and say nothing of a dance by themselves. */
const EMPTY_WORDS = words(
  'a an the and or of for to in on at with by from as is are be am was it its this that these those there here i im id ill me my mine we us our you your he she they them his her their who which what when where how why will would can could should may might must do does did have has had having want wants wanted need needs like likes love loves please make makes making create creates creating give gives get gets find generate show build design put let lets use using something anything everything some any one so very really too quite just also but if then than into out up about around over off really nice good great cool beautiful perfect new kind sort bit before after again while always maybe little lot lots thing things time way myself ourselves someone hi hello hey thanks thank today tonight tomorrow ' +
    'un una unos unas el la los las lo y o e u de del al a en con por para que se es son era ser estar esta este esto estos estas eso esa ese mi mis tu tus su sus nuestro nuestra nos me te le les yo quiero quisiera queremos necesito necesitamos dame hazme haz haga crea crear hacer hacerme genera generar pon poner busca buscar busco gustaria algo alguna alguno como muy mas bien bonito bonita lindo linda favor hola gracias hoy cosa poco si asi sea sean haya tenga gusta gustan tambien ademas todo todos todas cada olvides falten forget dont include including add do doing rather every each other also because instead moment momento',
);
const GRAMMAR = words(
  'no not without never avoid avoiding dont skip exclude except sin nada evita evitar ningun ninguna ni fewer few hardly barely pocas pocos demasiadas demasiados muchas muchos only just solo solamente unicamente exactly least most many lots plenty more menos mas second third segundo segunda tercer then followed luego despues bpm ppm left right izquierda derecha inside outside same again igual mismo misma harder easier',
);

/** Words of how long or which part is danced. */
const TIMES = words(
  'minutes minute min mins seconds sec secs minuto minutos segundos eights ochos count counts tiempos',
);
const PARTS = words('chorus verse mambo intro outro break coro estribillo verso estrofa');
const FIRST = words('first primer primera principio comienzo inicio');
const LAST = words('last ultimo ultima final finale');

/** Words that a sentence about dance may have, though nothing came of them. */
const TRADE = [
  GRAMMAR,
  TIMES,
  PARTS,
  FIRST,
  LAST,
  OPENING_VERBS,
  ENDING_VERBS,
  ADJECTIVES,
  LIMITERS,
  NEGATORS,
  QUANTITIES,
];

/** What came of a sentence. */
export interface Told {
  /** Free wishes in its words. */
  readonly requirements: readonly string[];
  /** Artist or title that it names. */
  readonly song: string | null;
  readonly wanted: readonly SaidWish[];
  readonly extent: Extent | null;
  readonly tempoBpm: number | null;
}

/**
 * Words that would say something, by whether it came of them: "finish" where a move closes the dance, "seconds" where it
 * gets a length. Undefined of all other words.
 */
function cameOf(word: string, { wanted, extent, tempoBpm }: Told): boolean | undefined {
  const isPlaced = (place: SaidWish['place']) => wanted.some((wish) => wish.place === place);
  const isOrdered = wanted.some(({ order }) => order !== null);
  if (FIRST.has(word)) return isPlaced('opening') || isOrdered || extent !== null;
  if (LAST.has(word)) return isPlaced('ending') || extent !== null;
  if (OPENING_VERBS.has(word)) return isPlaced('opening');
  if (ENDING_VERBS.has(word)) return isPlaced('ending');
  // "130 beats per minute".
  if (/^minut[eo]$/.test(word) && tempoBpm !== null) return true;
  if (TIMES.has(word)) return extent?.lengthSec !== undefined || extent?.eights !== undefined;
  return PARTS.has(word) ? extent?.part !== undefined : undefined;
}

/**
 * The words that something came of, and their share of those that could have told something. Of "not too many turns"
 * comes nothing: none of its words counts.
 */
export function understoodOf(tokens: readonly Token[], hits: readonly Hit[], told: Told): Understood {
  const named = words([...told.requirements, told.song ?? ''].join(' ').toLowerCase());
  const isHit = (index: number) =>
    hits.some(({ meaning, start, end }) => meaning.kind !== 'none' && index >= start && index < end);
  const isLimited = (index: number) =>
    hits.some(
      ({ meaning, negation, negatedFrom, end }) =>
        meaning.kind === 'move' && negation === 'softened' && index >= (negatedFrom ?? end) && index < end,
    );
  // Where an excerpt begins nobody can choose, but at the song's own beginning.
  const isUnheard = (index: number) => ranges.some(({ from, end }) => index >= from && index < end);
  const ranges = tokens.flatMap((_, from) => {
    const range = timeFromTo(tokens, from);
    return range === null || range.startSec === 0 ? [] : [{ from, end: range.end }];
  });
  const known: string[] = [];
  let telling = 0;
  tokens.forEach(({ folded, shown, isWord }, index) => {
    if (!isWord) return;
    const next = wordAt(tokens, index + 1);
    const isOfVerb = (OPENING_VERBS.has(folded) || ENDING_VERBS.has(folded)) && named.has(shown);
    // "8 counts" stand or fall together.
    const came =
      isHit(index) || isOfVerb
        ? undefined
        : cameOf(TIMES.has(next) && isNumber(folded) ? next : folded, told);
    const isUnderstood =
      !isLimited(index) &&
      !isUnheard(index) &&
      (came ?? (isHit(index) || GRAMMAR.has(folded) || named.has(shown) || isNumber(folded)));
    if (!isUnderstood && EMPTY_WORDS.has(folded)) return;
    telling += 1;
    if (isUnderstood) known.push(shown);
  });
  return { share: telling === 0 ? 0 : known.length / telling, words: [...new Set(known)] };
}

function isNumber(word: string): boolean {
  return readNumber(word) !== null || /^\d+[a-z]{0,4}\d{0,2}$/.test(word);
}

/** Words of a sentence that are neither understood nor without meaning of their own. */
export function strangeWords(tokens: readonly Token[], hits: readonly Hit[]): string[] {
  return tokens
    .filter(({ folded, isWord }, index) => {
      const isHit = hits.some(({ start, end }) => index >= start && index < end);
      const isOfTrade =
        isHit || isKnownWord(folded) || readNumber(folded) !== null || TRADE.some((list) => list.has(folded));
      return isWord && !isOfTrade && !EMPTY_WORDS.has(folded);
    })
    .map(({ folded }) => folded);
}
