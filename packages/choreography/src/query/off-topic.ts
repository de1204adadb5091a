import type { Hit } from './hit.ts';
import { foldedWords, type Token, wordAt } from './tokens.ts';
import { strangeWords } from './understood.ts';
import { words } from './word-list.ts';

/** Words of dance that are used of much else: none of them makes a sentence one about dancing. */
const AMBIGUOUS = words(
  'step steps paso pasos move moves movement movimiento transition transitions transicion partner partners couple couples pareja parejas beat beats tempo energy energia performance track tune rhythm ritmo music musica turn turns turning spin spins dip dips lift lifts shadow shadows hips cadera caderas styling vuelta vueltas giro giros caida caidas onda ondas golpe golpes salto saltos jump jumps rutina routine routines wrap basics',
);

const DANCE_WORDS =
  /^(bachat|danc|choreo|coreograf|rutina|bail|song|cancion|latin|salsa|merengue|kizomba|tango|footwork)/;

/**
 * Whether a sentence that has words of this trade speaks of something else: "I need a romantic hotel in Paris". It does
 * where nothing in it belongs to dance alone, and at least as many words are strange as are known.
 *
 * @param song the artist or title that it names: those words are not strange
 */
export function isOffTopic(tokens: readonly Token[], hits: readonly Hit[], song: string | null): boolean {
  if (isTellingOfDance(tokens, hits)) return false;
  const known = hits.filter(({ meaning }) => meaning.kind !== 'none');
  const knownWords = tokens.filter((_, at) => known.some(({ start, end }) => at >= start && at < end));
  const named = new Set(song === null ? [] : foldedWords(song));
  const strange = strangeWords(tokens, hits).filter((word) => !named.has(word));
  return knownWords.length > 0 && strange.length > 0 && strange.length >= knownWords.length;
}

/** Whether a sentence names what belongs to dance alone: a dance, a song, a move of no other use. */
export function isTellingOfDance(tokens: readonly Token[], hits: readonly Hit[]): boolean {
  const isOwn = (word: string) => !AMBIGUOUS.has(word) && DANCE_WORDS.test(word);
  return (
    tokens.some(({ folded }) => isOwn(folded)) ||
    hits.some(({ meaning, start, end }) => {
      const word = wordAt(tokens, start);
      return meaning.kind === 'move' && (end - start > 1 || !AMBIGUOUS.has(word));
    })
  );
}
