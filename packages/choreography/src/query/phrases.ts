import { LEXICON, type LexiconEntry } from './lexicon.ts';
import { type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

/** What stands in front of a move and belongs to it, beside the lexicon's own. */
export const ADJECTIVES = words(
  'big small double triple single multiple smooth clean sharp left right lady ladies fancy long deep large huge crazy flashy extra other such',
);

/** Letters by which phrases are found: every word of every name of a library is looked up. */
const KEY_LENGTH = 2;
const ENTRIES_OF_KEY = new Map<string, LexiconEntry[]>();
for (const entry of LEXICON) {
  const key = entry.words[0]?.slice(0, KEY_LENGTH) ?? '';
  ENTRIES_OF_KEY.set(key, [...(ENTRIES_OF_KEY.get(key) ?? []), entry]);
}

/** The lexicon's longest phrases that begin at a token; several where one phrase has several meanings. */
export function meaningsAt(tokens: readonly Token[], index: number): LexiconEntry[] {
  const key = tokens[index]?.folded.slice(0, KEY_LENGTH) ?? '';
  const fitting = (ENTRIES_OF_KEY.get(key) ?? []).filter(({ words }) =>
    words.every((word, offset) => matchesWord(tokens[index + offset]?.folded, word)),
  );
  const longest = Math.max(0, ...fitting.map((entry) => entry.words.length));
  return fitting.filter((entry) => entry.words.length === longest);
}

function matchesWord(word: string | undefined, pattern: string): boolean {
  if (word === undefined) return false;
  return pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern;
}

/** Whether a move of the lexicon stands at a token. */
export function isMoveAt(tokens: readonly Token[], index: number): boolean {
  return meaningsAt(tokens, index).some(({ meaning }) => meaning.kind === 'move');
}

/**
 * The first token from there on that is no adjective: "big", "double", or a word of the lexicon that tells how; "love"
 * in front of moves is a verb.
 */
export function behindAdjectives(tokens: readonly Token[], index: number): number {
  const [entry] = meaningsAt(tokens, index);
  const isNoAdjective = entry !== undefined && /^(move|dance|none)$/.test(entry.meaning.kind);
  if (isNoAdjective || tokens[index]?.folded === 'love') return index;
  if (entry !== undefined) return behindAdjectives(tokens, index + entry.words.length);
  return ADJECTIVES.has(wordAt(tokens, index)) ? behindAdjectives(tokens, index + 1) : index;
}
