import { foldedText, type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

/** Verbs of how a dance begins: "start with a basic". */
export const OPENING_VERBS = words(
  'start starts starting started begin begins beginning opening open opens commence commences ' +
    'empieza empiece empiecen empiezan empezamos empecemos empezar empezarlo empezarla empezando empiezalo empiezala comienza comience comiencen comienzan comencemos comenzar comenzando comienzalo abre abra abran abrir abriendo inicia inicie inicien iniciar iniciando arranca arranque arranquen arrancar arrancando',
);
/** Verbs of how a dance ends: "finish with a dip". */
export const ENDING_VERBS = words(
  'finish finishes finishing finished end ends ending ended close closes closing conclude concludes concluding ' +
    'termina termine terminen terminan terminamos terminemos terminar terminarlo terminarla terminando terminalo terminala acaba acabe acaben acaban acabamos acabemos acabar acabarlo acabarla acabando acabalo acabala finaliza finalice finalicen finalizan finalizar finalizando finalizalo cierra cierre cierren cierran cerremos cerrar cerrando cierralo cierrala concluye concluya concluyan concluir concluyendo',
);
/** What joins such a verb and the move. */
export const PLACE_LINKS = words('with con on in by por en :');

/** In front of a noun: "dips at the end or lifts". */
const NOUN_MARKS = words('the a an at very al el la un una our my nuestro mi');

/** Whether a word tells how the dance begins or ends, and is no noun as in "at the end". */
export function isPlaceVerb(tokens: readonly Token[], index: number): boolean {
  const word = wordAt(tokens, index);
  if (!OPENING_VERBS.has(word) && !ENDING_VERBS.has(word)) return false;
  return !NOUN_MARKS.has(wordAt(tokens, index - 1));
}

type Place = 'opening' | 'ending';

const BE =
  '(?: (?:should|must|has|have|to|is|will|shall|can|could|would|be|being|a|debe|deberia|tiene|que|sea|es|ser|seria|va))+';
const FOR = '(?:as|for|como|de|para|at|to|in|on|al|a|en)(?: the| our| a| el| la| su)?(?: very)?';
const OF_DANCE =
  '(?: (?:of|de|del) (?:the |our |la |el )?(?:dance|routine|song|choreography|baile|coreografia|cancion))?';
const MOVE = '(?:move|step|figure|thing|paso|movimiento|figura|cosa)';
const CLAUSE = '(?:^|[,.;:!?(] |\\b(?:and|then|but|with|y|pero|luego|con) )';

/** Phrases that tell a place in front of a move, and behind it. */
function phrasesOf(first: string, ends: string, doing: string, adjectives: string, adverbs: string) {
  return {
    front: new RegExp(
      // "The last move should be", "the ending is"; "at the end," and "para terminar"; "the final dip", "finally a dip".
      `\\b(?:(?:${first}) ${MOVE}|(?:the|our|a|el|un) (?:${ends}))${OF_DANCE}(?:${BE}| :)$|` +
        `${CLAUSE}(?:${FOR} (?:${ends})|(?:to|al|para) (?:${doing}))${OF_DANCE}(?: [,:])?$|` +
        `(?:^| )(?:${adjectives}|(?:${adverbs})(?: ,)?)$`,
    ),
    // "As the last move", "para el final", "to finish"; "caída final".
    behind: new RegExp(
      `^(?:${FOR} (?:${first}) ${MOVE}|${FOR} (?:${ends})|(?:to|al|para) (?:${doing}))(?: |$)|` +
        `^(?:${adjectives})(?:$| (?!with|in|on|by|con|en|the|it))`,
    ),
  };
}

const PHRASES = {
  opening: phrasesOf(
    'first|opening|primer|primera',
    'start|beginning|opening|principio|comienzo|inicio',
    'start|begin|open|empezar|comenzar|iniciar',
    'opening|inicial',
    'firstly|primero',
  ),
  ending: phrasesOf(
    'last|final|closing|ultimo|ultima',
    'end|ending|finish|finale|final|close|cierre',
    'finish|end|close|terminar|acabar|finalizar|cerrar|concluir',
    'final|closing|ending|finale',
    'finally|lastly|finalmente|por ultimo',
  ),
} as const;
const ARTICLES = words('a an the un una unos unas el la los las some big');

/**
 * Where a move comes by phrases around it: "the last move should be a dip", "al final, una caída", "a dip as the finale",
 * "para terminar, una caída"; null where none says it.
 */
export function toldPlace(
  tokens: readonly Token[],
  { start, end }: { readonly start: number; readonly end: number },
): Place | null {
  let lead = start;
  while (ARTICLES.has(wordAt(tokens, lead - 1))) lead -= 1;
  const behind = foldedText(tokens.slice(end, end + 6));
  const front = foldedText(tokens.slice(Math.max(0, lead - 12), lead));
  for (const place of ['ending', 'opening'] as const) if (PHRASES[place].behind.test(behind)) return place;
  for (const place of ['ending', 'opening'] as const) if (PHRASES[place].front.test(front)) return place;
  return null;
}
