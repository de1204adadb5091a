import type { Hit } from './hit.ts';
import { ANDS, negationOf, type Scope, scopeAfterHit, scopeAfterWord } from './negation.ts';
import { behindAdjectives, isMoveAt, meaningsAt } from './phrases.ts';
import { type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

/** All phrases of the lexicon in the sentence, longest first at each place, with what negates them. */
export function findMeanings(tokens: readonly Token[]): Hit[] {
  const hits: Hit[] = [];
  let scope: Scope | null = null;
  let index = 0;
  while (index < tokens.length) {
    const found = meaningsAt(tokens, index);
    const end = index + (found[0]?.words.length ?? 1);
    if (found.length > 0) {
      for (const { meaning } of found) {
        const negation = negationOf(tokens, { meaning, start: index }, scope);
        const negatedFrom = negation === 'no' ? null : (scope?.from ?? null);
        hits.push({ meaning, start: index, end, negation, negatedFrom });
      }
      scope = scopeAfterHit(tokens, hits.slice(-found.length), scope);
    } else {
      scope = scopeAfterWord(tokens, index, scope);
    }
    index = end;
  }
  return hits
    .map((hit) => (isRefusedBehind(hit, tokens, hits) ? { ...hit, negation: 'full' as const } : hit))
    .filter(
      (hit) =>
        !describesRefusedMove(hit, tokens, hits) &&
        !isLoveOfMove(hit, tokens) &&
        !isOtherSense(hit, tokens, hits),
    );
}

/** "Love turns" wishes for turns, and for no romance. */
function isLoveOfMove({ start, end }: Hit, tokens: readonly Token[]): boolean {
  return tokens[start]?.folded === 'love' && isMoveAt(tokens, behindAdjectives(tokens, end));
}

/** Behind a noun; behind an adjective stands what it describes. */
const BEHIND_NOUNS = words(
  'and or then with to at in on for before after followed also please y e o luego con al a en para despues seguido por favor',
);
/** In front of "básicos" that are steps. */
const BEFORE_BASICS = words('con por solo sin mas muchos dos tres cuatro');

/** "A basic" is a step, "a basic bachata" one for beginners: of the two that the lexicon names one is meant. */
function isOtherSense(hit: Hit, tokens: readonly Token[], hits: readonly Hit[]): boolean {
  const { meaning, start, end } = hit;
  const kinds = hits.filter((other) => other.start === start).map((other) => other.meaning.kind);
  if (!kinds.includes('move') || !kinds.includes('difficulty')) return false;
  const next = tokens[end];
  const isJoined = next !== undefined && (ANDS.has(next.folded) || !next.isWord);
  const described = behindAdjectives(tokens, isJoined ? end + 1 : end);
  const isOfDance =
    (!isJoined || described > end + 1) &&
    meaningsAt(tokens, described).some(({ meaning: { kind } }) => kind === 'dance');
  const isNoun = end - start > 1 || start === 0 || BEFORE_BASICS.has(wordAt(tokens, start - 1));
  const isStep = isNoun && !isOfDance && (next?.isWord !== true || BEHIND_NOUNS.has(next.folded));
  return isStep ? meaning.kind === 'difficulty' : meaning.kind === 'move';
}

/** Between a move and the "no" behind it, and behind that. */
const MARKS = new Set([':', '?', ',', '(']);
const POLITE = new Set(['thanks', 'thank', 'please', 'gracias', 'por']);
const JOINS = new Set(['and', 'y', 'e', 'or', 'o', 'u', 'ni', 'nor']);

/**
 * "vueltas no, ondas sí", "dips: no", "dip-free": refused by what stands behind a move, with nothing after it that it
 * could refuse; and so are those joined to it, "turns and dips: no".
 */
function isRefusedBehind(hit: Hit, tokens: readonly Token[], hits: readonly Hit[]): boolean {
  const { meaning, end } = hit;
  if (meaning.kind !== 'move') return false;
  const word = (index: number) => wordAt(tokens, index);
  const at = MARKS.has(word(end)) ? end + 1 : end;
  const isLast = tokens[at + 1]?.isWord !== true || POLITE.has(word(at + 1));
  if (word(at) === 'no' && isLast) return true;
  if (word(end) === 'free' && end - hit.start === 1) return true;
  if (word(end) === 'out' && /^(leave|leaving|keep|keeping|cut|take)$/.test(word(hit.start - 1) || ''))
    return true;
  const next = hits.find(({ meaning: other, start }) => other.kind === 'move' && start === end + 1);
  return next !== undefined && JOINS.has(word(end)) && isRefusedBehind(next, tokens, hits);
}

/** "no fast turns" and "sin vueltas rápidas" refuse turns and say nothing of the song's tempo. */
function describesRefusedMove(hit: Hit, tokens: readonly Token[], hits: readonly Hit[]): boolean {
  if (hit.meaning.kind === 'move') return false;
  return hits.some(({ meaning, negation, negatedFrom, start, end }) => {
    if (meaning.kind !== 'move' || negation === 'no') return false;
    const isInFront = negatedFrom !== null && negatedFrom < hit.start && hit.start < start;
    if (isInFront && behindAdjectives(tokens, hit.end) === start) return true;
    // A Spanish adjective agrees with the word that it stands behind.
    return hit.start === end && /[aeo]s$/.test(wordAt(tokens, hit.start));
  });
}
