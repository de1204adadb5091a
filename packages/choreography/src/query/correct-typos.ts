import { editDistance } from './edit-distance.ts';
import { LEXICON } from './lexicon.ts';
import { type Token, tokenize } from './tokens.ts';
import { words } from './word-list.ts';

/** What people mistype, as it is written; of other words of the lexicon too many are near to something else. */
const CORRECTABLE = [
  ...words(
    'beginner beginners intermediate advanced expert experts professional romantic sensual energetic playful flirty modern contemporary choreography routine dance dancing dancer dancers relaxed intense energy music slowly faster quickly difficult challenging complex simple transitions smooth partner couple party wedding passionate level tempo medium moderate without finish minutes seconds ' +
      'romantica romantico energetica energetico moderna moderno bachata coreografia rutina principiante principiantes intermedio intermedia avanzado avanzada lento lenta rapido rapida suave suaves tranquila tranquilo energia musica dificil sencillo sencilla pareja fiesta nivel transiciones ' +
      'turns spins footwork hammerlock styling shadow waves rolls lifts basics boleros vuelta vueltas giros caidas cargadas ondas caderas golpes sombrero enchufla dominicana',
  ),
];
/** Words of their own, however near they are to one of those. */
const OWN_WORDS = words(
  'related second girls parts reading sample levels cameras simply basis stars lists advance minute smart expect sharing wales standing export sporting starts transactions relating novel sterling moderator foster partly danger roles romania slave starring routing profession seating exports dominican advances stuart staying wages staffing traditions skins finnish saves translations relying wives replacing spies skating stating welding spine expects motion motions lovely dances danced party wave roll lift turn spin basic salon glide finishes ' +
    'tiempo parte minutos vuelto vuelva turno vuelvas intente templo vuela golpeo rollo boletos golpea avanzar parto cargado avanzando sentirlo cerradas cadenas simples avancen alcanzado semilla ruina moverte turnos nigel carnada cargador parejas cadera onda giro caida cargada golpe bolero ensenar',
);
const LEAST_LENGTH = 5;
/** From this length on, two letters may be wrong. */
const LONG_LENGTH = 8;

/** The words and stops of a sentence as they are meant: see {@link correctTypos}. */
export function readTokens(sentence: string): Token[] {
  return correctTypos(tokenize(sentence), sentence);
}

/**
 * A sentence's words with those corrected that are nearly one of the lexicon's: "begginers", "sensaul". A word that is
 * known, or written like a name (with a capital inside the sentence, or in quotation marks), stays.
 */
function correctTypos(tokens: readonly Token[], sentence: string): Token[] {
  const names = namesIn(sentence);
  return tokens.map((token) => {
    const { folded } = token;
    if (!/^[a-z]+$/.test(folded) || folded.length < LEAST_LENGTH || names.has(token.shown)) return token;
    if (isKnownWord(folded) || OWN_WORDS.has(folded)) return token;
    const meant = nearestWord(folded);
    return meant === undefined ? token : { ...token, folded: meant };
  });
}

/** Words that stand in quotation marks, or begin with a capital though no sentence begins with them; in lower case. */
function namesIn(sentence: string): ReadonlySet<string> {
  const quoted = [...sentence.matchAll(/["“«]([^"“”«»]{2,100})["”»]/gu)].flatMap(([, text = '']) =>
    text.split(/[^\p{L}\p{N}]+/u),
  );
  const capital = [...sentence.matchAll(/(?<![.!?:]\s*|^\s*)(?<![\p{L}\p{N}])(\p{Lu}\p{Ll}[\p{L}]*)/gu)];
  return new Set([...quoted, ...capital.map(([, word = '']) => word)].map((word) => word.toLowerCase()));
}

const EXACT = new Set<string>();
const STEMS: string[] = [];
for (const word of LEXICON.flatMap((entry) => entry.words)) {
  if (word.endsWith('*')) STEMS.push(word.slice(0, -1));
  else EXACT.add(word);
}

/** Whether the lexicon has a word, in whatever phrase. */
export function isKnownWord(word: string): boolean {
  return EXACT.has(word) || STEMS.some((stem) => word.startsWith(stem));
}

function nearestWord(word: string): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of CORRECTABLE) {
    // Few mistype the first letter, and most words that are no mistake differ in it.
    if (candidate[0] !== word[0]) continue;
    const most = candidate.length >= LONG_LENGTH && word.length >= LONG_LENGTH - 1 ? 2 : 1;
    if (Math.abs(candidate.length - word.length) > most) continue;
    const distance = editDistance(word, candidate);
    if (distance > most || distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}
