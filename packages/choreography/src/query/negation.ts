import { INDEFINITE_ARTICLES } from './around-move.ts';
import type { Hit } from './hit.ts';
import type { Meaning } from './lexicon.ts';
import { readNumber } from './numbers.ts';
import { behindAdjectives, isMoveAt, meaningsAt } from './phrases.ts';
import { isPlaceVerb, PLACE_LINKS } from './place-words.ts';
import { type Token, wordAt } from './tokens.ts';
import { words } from './word-list.ts';

export const NEGATORS = words(
  'no not without never avoid avoiding dont doesnt isnt arent shouldnt wouldnt wont cannot skip exclude excluding except hate dislike dislikes less minus zero nor cant omit omitting ban banned forbid forbidden refuse hates hating sin nada nunca jamas evita evite evitar evitando evitemos ningun ninguna ni menos nothing excepto salvo odio odia odian odiamos detesto cero quita quitar omite omitir prohibido prohibida prohibidos prohibidas',
);
const SOFTENERS = words('too very so overly muy tan demasiado');
/** Of these few are wanted, with or without a "no": "fewer turns", "pocas vueltas", "don't overdo the turns". */
export const LIMITERS = words(
  'fewer less few hardly barely scarcely menos pocas pocos apenas demasiadas demasiados overdo overuse exageres abuses',
);
/** "A few turns" and "unas pocas vueltas" are wanted. */
const SOME = words('a quite un una unos unas');
/** "Not many turns", "without lots of turns", "no tantas vueltas": behind a "no" they ask for few. */
export const QUANTITIES = words(
  'many much lots lot plenty loads tons full lleno llena mucho mucha muchos muchas demasiada demasiadas demasiados tanto tanta tantos tantas monton',
);
/** What refuses a whole list: "avoid: dips, lifts", "sin vueltas, ondas". */
const LIST_NEGATORS = words(
  'without avoid avoiding skip exclude excluding except omit omitting forbidden banned sin evita evite evitar evitando evitemos excepto salvo omite omitir quita quitar prohibido prohibida prohibidos prohibidas',
);
/** What leaves something out: behind a "nothing" that is what is wanted. */
const EXCEPTIONS = words('except excepto salvo menos');
/** Words after which an earlier "no" no longer holds. */
const SCOPE_ENDS = words('but pero sino instead please i');
/** As these where something is refused already, or no such wish is spoken of: "no lifts more turns". */
const NEXT_WISHES = words('with con more mas include including add');
/** "I don't want more dips", "rather not to include dips". */
const WISHING = words(
  'want wants need needs like to any use have do quiero queremos quiere necesito gustan gusta',
);
/** "I don't want one with dips". */
const WHOLES = words('nothing anything something one ones it nada algo una uno');
/** A new thought begins: "no dips so give me turns". */
const THOUGHTS = words(
  'so then plus also because since while luego entonces despues tambien ademas asi porque',
);
export const ANDS = words('and y e');
const ORS = words('or o u ni nor');
const ARTICLES = words('the any el la los las ningun ninguna');
/** "not only slow", "don't forget the dips": the "not" denies the limit or the forgetting, not what follows. */
const SCOPE_CANCELS = words(
  'only just solo solamente forget hesitate mind miss olvides olvide olvidar falte falten',
);
/** Words a negation reaches over: "don't want anything too energetic" needs four. */
const NEGATION_REACH = 5;

/** How far a refusal reaches: the state of reading a sentence from its first word to its last. */
export interface Scope {
  /** Where what negates begins. */
  readonly from: number;
  readonly lastIndex: number;
  readonly softened: boolean;
  /** Whether it is the number that is negated: "not many turns". */
  readonly isLimited: boolean;
  /** What it has refused; null as long as that is nothing. */
  readonly kind: Meaning['kind'] | null;
  /** The word or stop in front of what it refused last. */
  readonly before: string;
  /** Whether a comma leads on to the next that is refused. */
  readonly isList: boolean;
}

/** How what the lexicon has at a token is negated by what stands in front of it. */
export function negationOf(
  tokens: readonly Token[],
  { meaning: { kind }, start }: Pick<Hit, 'meaning' | 'start'>,
  scope: Scope | null,
): Hit['negation'] {
  if (scope === null || start - scope.lastIndex > NEGATION_REACH) return 'no';
  const sameKind = scope.kind === null || scope.kind === kind;
  const adjectiveBeforeMove =
    kind === 'move' && scope.kind !== 'move' && behindAdjectives(tokens, scope.lastIndex + 1) === start;
  if (!sameKind && !adjectiveBeforeMove) return 'no';
  return scope.softened || (kind === 'move' && scope.isLimited) ? 'softened' : 'full';
}

/** What of a refusal still holds behind a phrase of the lexicon. */
export function scopeAfterHit(
  tokens: readonly Token[],
  latest: readonly Hit[],
  scope: Scope | null,
): Scope | null {
  const negated = latest.find((hit) => hit.negation !== 'no');
  if (scope === null || negated === undefined) return scope;
  // A bare "song" or "step" does not use the negation up: "no music, no steps that are hard".
  const { kind } = negated.meaning;
  return {
    ...scope,
    lastIndex: negated.end - 1,
    kind: kind === 'dance' || kind === 'none' ? scope.kind : kind,
    before: wordAt(tokens, negated.start - 1),
  };
}

/** What of a refusal still holds behind a word or stop that the lexicon does not know, which may begin one. */
export function scopeAfterWord(tokens: readonly Token[], index: number, scope: Scope | null): Scope | null {
  if (tokens[index]?.isWord !== true)
    return scope !== null && leadsOn(tokens, index, scope) ? { ...scope, lastIndex: index } : null;
  if (cancelsScope(tokens, index, scope)) return null;
  return scopeBegunAt(tokens, index, scope) ?? (scope === null ? null : scopeGoingOn(tokens, index, scope));
}

/** "Nada más que vueltas", "nothing but turns" and "al menos tres vueltas" refuse no turns. */
function cancelsScope(tokens: readonly Token[], index: number, scope: Scope | null): boolean {
  const word = (offset: number) => wordAt(tokens, index + offset);
  if (SCOPE_CANCELS.has(word(0))) return true;
  if (word(0) === 'que' && word(-1) === 'mas' && word(-2) === 'nada') return true;
  if ((word(0) === 'but' && word(-1) === 'nothing') || (word(0) === 'menos' && /^(al|lo)$/.test(word(-1))))
    return true;
  if (EXCEPTIONS.has(word(0)) && scope !== null && scope.kind === null) return true;
  // "No more than two turns", "menos de tres vueltas": a bound, and no refusal.
  const isCompared = /^(more|less|fewer|mas|menos)$/.test(word(0)) && /^(than|de|que)$/.test(word(1));
  return isCompared && (word(1) === 'than' || readNumber(word(2)) !== null);
}

/** The scope of what refuses or limits at a word; null where that does neither. */
function scopeBegunAt(tokens: readonly Token[], index: number, scope: Scope | null): Scope | null {
  const word = wordAt(tokens, index);
  const before = wordAt(tokens, index - 1);
  const next = wordAt(tokens, index + 1);
  const isTooMany = word === 'too' && /^(many|much)$/.test(next);
  // "Todo menos vueltas": all but turns.
  const isAllBut = word === 'menos' && /^(todo|todos|todas|cosa)$/.test(before);
  const isLimit = (LIMITERS.has(word) && !SOME.has(before) && !isAllBut) || isTooMany;
  // "Leave out the dips", "free of turns".
  const isLeftOut = word === 'out' && /^(leave|leaving|keep|keeping|cut)$/.test(before);
  const isFree = /^(of|from|de)$/.test(word) && /^(free|libre)$/.test(before);
  if (!isLimit && !isLeftOut && !isFree && !NEGATORS.has(word)) return null;
  return {
    from: isLimit && scope !== null && scope.kind === null ? scope.from : index,
    lastIndex: index,
    softened: false,
    isLimited: isLimit,
    kind: null,
    before: '',
    isList: isLeftOut || isFree || LIST_NEGATORS.has(word),
  };
}

/** What becomes of a refusal at a word that neither begins nor cancels one. */
function scopeGoingOn(tokens: readonly Token[], index: number, scope: Scope): Scope | null {
  const word = wordAt(tokens, index);
  const before = wordAt(tokens, index - 1);
  const hasRefused = scope.kind !== null;
  if (ANDS.has(word)) return isJoined(tokens, index, scope) ? scope : null;
  // "No dips finish with a spin", "no dips three turns"; but "don't start with a dip or finish with a spin".
  const isNext = isPlaceVerb(tokens, index) || THOUGHTS.has(word) || (readNumber(word) ?? 0) > 1;
  if (hasRefused && isNext && !ORS.has(before)) return null;
  // "Don't start with a dip" goes on refusing.
  if (PLACE_LINKS.has(word) && isPlaceVerb(tokens, index - 1)) return { ...scope, lastIndex: index };
  if (QUANTITIES.has(word)) {
    const isNear = index - scope.lastIndex <= NEGATION_REACH;
    return hasRefused || !isNear ? null : { ...scope, isLimited: true, lastIndex: index };
  }
  if (NEGATORS.has(before)) return softenedBy(word, scope);
  if (SCOPE_ENDS.has(word)) return null;
  if (NEXT_WISHES.has(word)) return !hasRefused && isOfWish(tokens, index) ? scope : null;
  return softenedBy(word, scope);
}

function softenedBy(word: string, scope: Scope): Scope {
  return SOFTENERS.has(word) && scope.kind === null ? { ...scope, softened: true } : scope;
}

/** Whether "more", "include" or "with" belongs to what is not wanted: "I don't want a dance with dips". */
function isOfWish(tokens: readonly Token[], index: number): boolean {
  const before = wordAt(tokens, index - 1);
  if (!/^(with|con)$/.test(wordAt(tokens, index))) return WISHING.has(before);
  return WHOLES.has(before) || meaningsAt(tokens, index - 1).some(({ meaning }) => meaning.kind === 'dance');
}

/** Whether an "and" joins another that is refused, "no dips and lifts", and not what is wanted instead. */
function isJoined(tokens: readonly Token[], index: number, scope: Scope): boolean {
  if (scope.kind === null && isPlaceVerb(tokens, index - 1)) return true;
  let at = index + 1;
  while (ARTICLES.has(wordAt(tokens, at))) at += 1;
  // "I don't want a dip and a lift".
  if (INDEFINITE_ARTICLES.has(scope.before) && INDEFINITE_ARTICLES.has(wordAt(tokens, at))) at += 1;
  // "Avoid dips and fast turns" refuses both; "no dips and fast turns" wants the turns.
  const isBareNo = tokens[scope.from]?.folded === 'no';
  const kind = scope.kind ?? 'move';
  if (kind === 'move' && !isBareNo) at = behindAdjectives(tokens, at);
  return meaningsAt(tokens, at).some(({ meaning }) => meaning.kind === kind);
}

/** "avoid: dips, lifts": a colon behind what refuses, and a comma in front of the next move of the list. */
function leadsOn(tokens: readonly Token[], index: number, scope: Scope): boolean {
  const mark = tokens[index]?.folded;
  if (mark === ':') return scope.lastIndex === index - 1 && scope.kind === null;
  if (mark !== ',') return false;
  const next = wordAt(tokens, index + 1);
  // "Without dips, lifts, and spins".
  if (scope.before === ',' && (ANDS.has(next) || ORS.has(next))) return isJoined(tokens, index + 1, scope);
  const isMove = isMoveAt(tokens, index + 1);
  return isMove && (scope.isList || (scope.kind === 'move' && isListOfMoves(tokens, index + 1)));
}

/** "lifts, dips or spins": moves one behind the other, the last of them joined. */
function isListOfMoves(tokens: readonly Token[], index: number): boolean {
  const move = meaningsAt(tokens, index).find(({ meaning }) => meaning.kind === 'move');
  if (move === undefined) return false;
  let at = index + move.words.length;
  const isComma = tokens[at]?.folded === ',';
  if (isComma) at += 1;
  const mark = wordAt(tokens, at);
  if (!ANDS.has(mark) && !ORS.has(mark)) return isComma && isListOfMoves(tokens, at);
  return isMoveAt(tokens, at + 1);
}
