import type { Hit } from './hit.ts';
import { type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

/** "A dip" is one, where something in front of it says that no more is meant. */
export const INDEFINITE_ARTICLES = words('a an un una');
/** Words that may stand between a number, or a verb's "with", and the move. */
const FILLERS = words(
  'a an the un una unos unas el la los las of de some nice big small slow fast quick smooth clean sharp simple easy basic right left inside outside double hand lady ladies her his',
);

export const isFiller = (word: string): boolean => FILLERS.has(word);

/** Where the nearest word stands in front of a move that is no article and no adjective. */
export function leadOf(tokens: readonly Token[], { start }: Pick<Hit, 'start'>): number {
  let at = start - 1;
  while (isFiller(wordAt(tokens, at))) at -= 1;
  return at;
}
