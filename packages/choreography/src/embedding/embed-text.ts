import { TEXT_DIMENSIONS } from '@bachata-buddy/vocabulary';
import { findMeanings } from '../query/find-meanings.ts';
import type { Hit } from '../query/hit.ts';
import { type Token, tokenize } from '../query/tokens.ts';

const WEIGHT_OF_CONCEPT = 2;
const WEIGHT_OF_WORD = 1;
const WEIGHT_OF_PAIR = 0.5;
/** Shared by all letter groups of one word, so that long words do not shout. */
const WEIGHT_OF_LETTERS = 0.7;
const LETTER_GROUP_LENGTHS = [3, 4, 5];
const MAX_WORDS = 400;
const STOP_WORDS = new Set(
  'a an and the of for to in on with by or i me my we it is be want make create some please un una el la los las de del y o con para que en mi'.split(
    ' ',
  ),
);

/**
 * A text as a vector, without any model: words, word pairs, letter groups and dance concepts (so that "vueltas",
 * "turns" and "ladyturn" meet) hashed into 384 places with a sign each. What the text refuses ("no dips") is left out.
 *
 * Shape: number[384], unit length; all zero where the text holds no word. The same text always gives the same vector.
 * Source: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009.
 */
export function embedText(text: string): number[] {
  const tokens = tokenize(text.replaceAll('_', ' ')).slice(0, MAX_WORDS);
  const hits = findMeanings(tokens);
  const vector = new Array<number>(TEXT_DIMENSIONS).fill(0);
  for (const { meaning, negation } of hits) {
    if (negation !== 'no' || meaning.kind === 'none' || meaning.kind === 'dance') continue;
    addFeature(vector, `concept ${meaning.kind} ${meaning.value}`, WEIGHT_OF_CONCEPT);
  }
  addWords(vector, wordsToEmbed(tokens, hits));
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

function wordsToEmbed(tokens: readonly Token[], hits: readonly Hit[]): string[] {
  const refused = hits.filter((hit) => hit.negation !== 'no');
  return tokens
    .filter((token, index) => token.isWord && !refused.some((hit) => index >= hit.start && index < hit.end))
    .map((token) => token.folded)
    .filter((word) => !STOP_WORDS.has(word));
}

function addWords(vector: number[], words: readonly string[]): void {
  words.forEach((word, index) => {
    addFeature(vector, `word ${word}`, WEIGHT_OF_WORD);
    const next = words[index + 1];
    if (next !== undefined) addFeature(vector, `pair ${word} ${next}`, WEIGHT_OF_PAIR);
    const groups = letterGroups(word);
    for (const group of groups)
      addFeature(vector, `letters ${group}`, WEIGHT_OF_LETTERS / Math.sqrt(groups.length));
  });
}

function letterGroups(word: string): string[] {
  const framed = `<${word}>`;
  return LETTER_GROUP_LENGTHS.flatMap((length) =>
    Array.from({ length: Math.max(0, framed.length - length + 1) }, (_, start) =>
      framed.slice(start, start + length),
    ),
  );
}

function addFeature(vector: number[], feature: string, weight: number): void {
  const hash = fnv1a(feature);
  const sign = hash >>> 31 === 1 ? -1 : 1;
  vector[(hash & 0x7fffffff) % TEXT_DIMENSIONS]! += sign * weight;
}

/** 32-bit FNV-1a of a string's UTF-16 units, finished with a mix of the bits. Source: RFC 9923. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
