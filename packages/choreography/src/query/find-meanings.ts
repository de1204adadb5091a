import { LEXICON, type LexiconEntry, type Meaning } from './lexicon.ts';
import { ENDING_VERBS, OPENING_VERBS, PLACE_LINKS } from './place-words.ts';
import type { Token } from './tokens.ts';

/** A phrase of the lexicon found in a sentence. */
export interface Hit {
  readonly meaning: Meaning;
  /** Token positions, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** `no`: not said at all; `softened`: "not too fast"; `full`: "no dips". */
  readonly negation: 'no' | 'softened' | 'full';
}

const NEGATORS = new Set(
  'no not without never avoid avoiding dont doesnt isnt shouldnt wont cannot skip exclude excluding except hate dislike less minus zero nor cant omit omitting ban banned forbid forbidden refuse hates sin nada nunca evita evitar evitando ningun ninguna ni menos nothing excepto salvo odio odiamos quita quitar omite omitir prohibido prohibida prohibidos prohibidas'.split(
    ' ',
  ),
);
const SOFTENERS = new Set('too very so overly muy tan demasiado'.split(' '));
/** What refuses a whole list: "avoid: dips, lifts", "sin vueltas, ondas". */
const LIST_NEGATORS = new Set(
  'without avoid avoiding skip exclude excluding except omit omitting forbidden banned sin evita evitar evitando excepto salvo omite omitir quita quitar prohibido prohibida prohibidos prohibidas'.split(
    ' ',
  ),
);
/** Words after which an earlier "no" no longer holds. */
const SCOPE_ENDS = new Set(
  'but pero sino with con lots plenty more mas instead please full lleno llena i include including add many'.split(
    ' ',
  ),
);
/** "not only slow", "no just ...": the "not" denies the limit, not what follows. */
const SCOPE_CANCELS = new Set(['only', 'just', 'solo', 'solamente']);
/** Words a negation reaches over: "don't want anything too energetic" needs four. */
const NEGATION_REACH = 5;

interface Scope {
  lastIndex: number;
  softened: boolean;
  kind: Meaning['kind'] | null;
  /** Whether a comma leads on to the next that is refused. */
  isList: boolean;
}

/** All phrases of the lexicon in the sentence, longest first at each place, with what negates them. */
export function findMeanings(tokens: readonly Token[]): Hit[] {
  const hits: Hit[] = [];
  let scope: Scope | null = null;
  let index = 0;
  while (index < tokens.length) {
    const found = longestMatch(tokens, index);
    const end = index + (found[0]?.words.length ?? 1);
    if (found.length > 0) {
      for (const entry of found)
        hits.push({ meaning: entry.meaning, start: index, end, negation: negationOf(entry, index, scope) });
      scope = scopeAfterHit(hits, found.length, scope);
    } else {
      scope = scopeAfterWord(tokens, index, scope);
    }
    index = end;
  }
  return hits
    .map((hit) => (isRefusedBehind(hit, tokens, hits) ? { ...hit, negation: 'full' as const } : hit))
    .filter((hit) => !describesRefusedMove(hit, hits));
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
  const word = (index: number) => tokens[index]?.folded ?? '';
  const at = MARKS.has(word(end)) ? end + 1 : end;
  const isLast = tokens[at + 1]?.isWord !== true || POLITE.has(word(at + 1));
  if (word(at) === 'no' && isLast) return true;
  if (word(end) === 'free' && end - hit.start === 1) return true;
  if (word(end) === 'out' && /^(leave|leaving|keep|keeping|cut|take)$/.test(word(hit.start - 1) || ''))
    return true;
  const next = hits.find(({ meaning: other, start }) => other.kind === 'move' && start === end + 1);
  return next !== undefined && JOINS.has(word(end)) && isRefusedBehind(next, tokens, hits);
}

/** Letters by which phrases are found: every word of every name of a library is looked up. */
const KEY_LENGTH = 2;
const ENTRIES_OF_KEY = new Map<string, LexiconEntry[]>();
for (const entry of LEXICON) {
  const key = entry.words[0]?.slice(0, KEY_LENGTH) ?? '';
  ENTRIES_OF_KEY.set(key, [...(ENTRIES_OF_KEY.get(key) ?? []), entry]);
}

/** The lexicon's longest phrases that begin at a token; several where one phrase has several meanings. */
function longestMatch(tokens: readonly Token[], index: number): LexiconEntry[] {
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

function negationOf(entry: LexiconEntry, start: number, scope: Scope | null): Hit['negation'] {
  if (scope === null || start - scope.lastIndex > NEGATION_REACH) return 'no';
  const { kind } = entry.meaning;
  const adjacent = start === scope.lastIndex + 1;
  const sameKind = scope.kind === null || scope.kind === kind;
  const adjectiveBeforeMove = kind === 'move' && adjacent && scope.kind !== 'move';
  if (!sameKind && !adjectiveBeforeMove) return 'no';
  return scope.softened ? 'softened' : 'full';
}

function scopeAfterHit(hits: readonly Hit[], count: number, scope: Scope | null): Scope | null {
  const latest = hits.slice(-count);
  const negated = latest.find((hit) => hit.negation !== 'no');
  if (scope === null || negated === undefined) return scope;
  // A bare "song" or "step" does not use the negation up: "no music, no steps that are hard".
  const { kind } = negated.meaning;
  return {
    ...scope,
    lastIndex: negated.end - 1,
    kind: kind === 'dance' || kind === 'none' ? scope.kind : kind,
  };
}

function scopeAfterWord(tokens: readonly Token[], index: number, scope: Scope | null): Scope | null {
  const { folded: word, isWord } = tokens[index]!;
  const before = tokens[index - 1]?.folded ?? '';
  if (!isWord) return scope !== null && leadsOn(tokens, index, scope) ? { ...scope, lastIndex: index } : null;
  if (SCOPE_CANCELS.has(word)) return null;
  // "Nada más que vueltas": nothing but turns.
  if (word === 'que' && before === 'mas' && tokens[index - 2]?.folded === 'nada') return null;
  // "Nothing but turns" and "al menos tres vueltas" refuse no turns.
  if ((word === 'but' && before === 'nothing') || (word === 'menos' && /^(al|lo)$/.test(before))) return null;
  if (NEGATORS.has(word)) {
    return { lastIndex: index, softened: false, kind: null, isList: LIST_NEGATORS.has(word) };
  }
  // "Leave out the dips", "free of turns".
  const isLeftOut = word === 'out' && /^(leave|leaving|keep|keeping|cut)$/.test(before);
  if (isLeftOut || (/^(of|from|de)$/.test(word) && /^(free|libre)$/.test(before)))
    return { lastIndex: index, softened: false, kind: null, isList: true };
  if (scope === null) return null;
  // "No more dips" and "don't start with a dip" go on refusing.
  const isOfVerb = PLACE_LINKS.has(word) && (OPENING_VERBS.has(before) || ENDING_VERBS.has(before));
  if (isOfVerb) return { ...scope, lastIndex: index };
  if (SCOPE_ENDS.has(word) && !NEGATORS.has(before)) return null;
  if (SOFTENERS.has(word) && scope.kind === null) return { ...scope, softened: true };
  return scope;
}

/** "avoid: dips, lifts": a colon behind what refuses, and a comma in front of the next move of the list. */
function leadsOn(tokens: readonly Token[], index: number, scope: Scope): boolean {
  const mark = tokens[index]!.folded;
  if (mark === ':') return scope.lastIndex === index - 1 && scope.kind === null;
  const next = longestMatch(tokens, index + 1);
  return mark === ',' && scope.isList && next.some(({ meaning }) => meaning.kind === 'move');
}

/** "no fast turns" refuses turns and says nothing of the song's tempo. */
function describesRefusedMove(hit: Hit, hits: readonly Hit[]): boolean {
  if (hit.negation === 'no' || hit.meaning.kind === 'move') return false;
  return hits.some(
    (other) => other.meaning.kind === 'move' && other.negation !== 'no' && other.start === hit.end,
  );
}
