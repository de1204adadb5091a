import { isKnownWord } from './correct-typos.ts';
import type { Hit } from './find-meanings.ts';
import { readNumber } from './numbers.ts';
import { ENDING_VERBS, OPENING_VERBS } from './place-words.ts';
import type { Token } from './tokens.ts';

/** How much of a sentence says something to the rules. */
export interface Understood {
  /** 0..1, of the words that could. */
  readonly share: number;
  /** As they stand in the sentence, each once. */
  readonly words: readonly string[];
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
/** Words that hold a sentence together and say nothing of a dance by themselves. */
const EMPTY_WORDS = words(
  'a an the and or of for to in on at with by from as is are be am was it its this that these those there here i im id ill me my mine we us our you your he she they them his her their who which what when where how why will would can could should may might must do does did have has had having want wants wanted need needs like likes love loves please make makes making create creates creating give gives get gets find generate show build design put let lets use using something anything everything some any one so very really too quite just also but if then than into out up about around over off really nice good great cool beautiful perfect new kind sort bit before after again while always maybe little lot lots thing things time way myself ourselves someone hi hello hey thanks thank today tonight tomorrow ' +
    'un una unos unas el la los las lo y o e u de del al a en con por para que se es son era ser estar esta este esto estos estas eso esa ese mi mis tu tus su sus nuestro nuestra nos me te le les yo quiero quisiera queremos necesito necesitamos dame hazme haz haga crea crear hacer hacerme genera generar pon poner busca buscar busco gustaria algo alguna alguno como muy mas bien bonito bonita lindo linda favor hola gracias hoy cosa poco',
);
const GRAMMAR = words(
  'no not without never avoid avoiding dont skip exclude except sin nada evita evitar ningun ninguna ni only just solo solamente unicamente exactly least many lots plenty more menos mas first second third last primer primera segundo segunda tercer ultimo ultima estribillo then followed luego despues end start finish begin minutes minute min mins seconds second sec secs minuto minutos segundo segundos bpm ppm chorus verse mambo intro outro break coro estribillo verso estrofa eights ochos counts tiempos left right izquierda derecha inside outside same again igual mismo misma harder easier',
);

/** @param requirements free wishes in the sentence's words; @param song the artist or title that it names */
export function understoodOf(
  tokens: readonly Token[],
  hits: readonly Hit[],
  texts: { readonly requirements: readonly string[]; readonly song: string | null },
): Understood {
  const named = words([...texts.requirements, texts.song ?? ''].join(' ').toLowerCase());
  const isHit = (index: number) =>
    hits.some(({ meaning, start, end }) => meaning.kind !== 'none' && index >= start && index < end);
  const known: string[] = [];
  let telling = 0;
  tokens.forEach(({ folded, shown, isWord }, index) => {
    if (!isWord) return;
    const isUnderstood =
      isHit(index) ||
      GRAMMAR.has(folded) ||
      named.has(shown) ||
      readNumber(folded) !== null ||
      OPENING_VERBS.has(folded) ||
      ENDING_VERBS.has(folded) ||
      /^\d+[a-z]{0,4}$/.test(folded);
    if (!isUnderstood && EMPTY_WORDS.has(folded)) return;
    telling += 1;
    if (isUnderstood) known.push(shown);
  });
  return { share: telling === 0 ? 0 : known.length / telling, words: [...new Set(known)] };
}

/** Words of a sentence that are neither understood nor without meaning of their own. */
export function strangeWords(tokens: readonly Token[], hits: readonly Hit[]): string[] {
  return tokens
    .filter(({ folded, isWord }, index) => {
      const isHit = hits.some(({ start, end }) => index >= start && index < end);
      const isOfTrade = isHit || isKnownWord(folded) || GRAMMAR.has(folded) || readNumber(folded) !== null;
      return isWord && !isOfTrade && !EMPTY_WORDS.has(folded);
    })
    .map(({ folded }) => folded);
}
