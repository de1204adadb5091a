import type { AppError } from '@bachata-buddy/platform';
import {
  type Difficulty,
  type EnergyLevel,
  MAX_WISHED_MOVES,
  STYLES,
  type Style,
  type Tempo,
} from '@bachata-buddy/vocabulary';
import type { ParsedQuery } from '../choreography-request.ts';
import { choreographyError } from '../errors.ts';
import { readTokens } from './correct-typos.ts';
import { readExtent, readTempoBpm } from './extent.ts';
import { findMeanings } from './find-meanings.ts';
import type { Hit } from './hit.ts';
import { readLastTime } from './last-time.ts';
import type { Meaning } from './lexicon.ts';
import { isOffTopic } from './off-topic.ts';
import { behindAdjectives, isMoveAt } from './phrases.ts';
import { readSaidMoves, wantedAmong } from './said-moves.ts';
import { findSongPreference } from './song-preference.ts';
import { findSpecialRequirements } from './special-requirements.ts';
import { type Token, wordAt } from './tokens.ts';
import { understoodOf } from './understood.ts';

const RULES_CONFIDENCE = 0.6;
/** A sentence is cut here; the API's own limit is half of it. */
export const MAX_QUERY_LENGTH = 2000;

/** What holds where a sentence says nothing of it. */
export const QUERY_DEFAULTS = {
  difficulty: 'beginner',
  energyLevel: 'medium',
  style: 'romantic',
  tempo: 'medium',
} as const satisfies Pick<ParsedQuery, 'difficulty' | 'energyLevel' | 'style' | 'tempo'>;

/**
 * Understands a sentence by its words, English or Spanish. Whole words count ("flowing" is not "low"), a word that
 * names a value beats one that hints at it ("advanced dancers, simple steps" is advanced), negations turn round.
 *
 * Throws `CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD` where no word belongs to dance or music.
 */
export function parseQueryByRules(query: string): ParsedQuery {
  const sentence = query.slice(0, MAX_QUERY_LENGTH);
  const tokens = readTokens(sentence);
  const hits = findMeanings(tokens);
  const lastTime = readLastTime(tokens);
  const songPreference = findSongPreference(sentence);
  const isOfDance =
    hits.some((hit) => hit.meaning.kind !== 'none') && !isOffTopic(tokens, hits, songPreference);
  if (!isOfDance && lastTime === null) throw notUnderstood();

  const ofDance = hits.filter((hit) => !isLevelOfMove(hit, tokens));
  const statedDifficulty =
    rangeOfLevels(hits, tokens) ?? (resolve(ofDance, 'difficulty', oppositeDifficulty) as Difficulty | null);
  // What moves are like hints at the dance, and states nothing of it.
  const difficulty =
    statedDifficulty ?? (resolve(hits, 'difficulty', oppositeDifficulty) as Difficulty | null);
  const tempo = resolve(hits, 'tempo', oppositeTempo) as Tempo | null;
  const style = resolve(hits, 'style', () => null) as Style | null;
  const energyLevel = resolve(hits, 'energyLevel', oppositeEnergy) as EnergyLevel | null;
  const said = { difficulty: statedDifficulty, energyLevel, style, tempo };
  const refused = movesOf(hits, 'full');
  const named = movesOf(hits, 'no')
    .filter((move) => !refused.includes(move))
    .slice(0, MAX_WISHED_MOVES);
  const specialRequirements = findSpecialRequirements(tokens, hits);
  const moves = readSaidMoves({ query: sentence, specialRequirements, requestedMoves: named });
  const wanted = wantedAmong(named, moves);
  const extent = readExtent(tokens, hits);
  const tempoBpm = readTempoBpm(tokens);
  return {
    difficulty: difficulty ?? QUERY_DEFAULTS.difficulty,
    energyLevel: energyLevel ?? impliedEnergy(style, tempo),
    style: style ?? defaultStyle(hits),
    tempo: tempo ?? QUERY_DEFAULTS.tempo,
    specialRequirements,
    specificMoves: wanted.length > 0 ? wanted : null,
    refusedMoves: refused.length > 0 ? refused : null,
    moves,
    extent,
    tempoBpm,
    songPreference,
    lastTime,
    understood: understoodOf(tokens, hits, {
      requirements: specialRequirements,
      song: songPreference,
      wanted: moves.wanted,
      extent,
      tempoBpm,
    }),
    stated: (['difficulty', 'energyLevel', 'style', 'tempo'] as const).filter((slot) => said[slot] !== null),
    confidence: RULES_CONFIDENCE,
    understoodBy: 'rules',
  };
}

/** The error both ways of understanding end in where a sentence says nothing of dance. */
export function notUnderstood(): AppError {
  return choreographyError(
    'CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD',
    'Could not parse query. Please be more specific.',
  );
}

type Slot = 'difficulty' | 'energyLevel' | 'style' | 'tempo';

/** The strongest, then the earliest value said of a slot; else what the first negation leaves; else null. */
function resolve(hits: readonly Hit[], kind: Slot, opposite: (hit: Hit) => string | null): string | null {
  const ofKind = hits.filter((hit) => hit.meaning.kind === kind);
  const negated = ofKind.filter((hit) => hit.negation !== 'no');
  const refusedValues = new Set<Meaning['value']>(negated.map((hit) => hit.meaning.value));
  const positive = ofKind
    .filter((hit) => hit.negation === 'no' && !refusedValues.has(hit.meaning.value))
    .sort((a, b) => b.meaning.strength - a.meaning.strength || a.start - b.start);
  if (positive[0] !== undefined) return positive[0].meaning.value;
  return negated[0] === undefined ? null : opposite(negated[0]);
}

/** "Beginner to intermediate": up to the second. */
function rangeOfLevels(hits: readonly Hit[], tokens: readonly Token[]): Difficulty | null {
  const levels = hits.filter(
    ({ meaning, negation }) => meaning.kind === 'difficulty' && meaning.strength === 3 && negation === 'no',
  );
  const upper = levels.find(({ start }, index) => {
    const before = levels[index - 1];
    const isLinked = /^(to|till|through|a|hasta)$/.test(wordAt(tokens, start - 1));
    return before !== undefined && before.end === start - 1 && isLinked;
  });
  return upper === undefined ? null : (upper.meaning.value as Difficulty);
}

/** "Easy transitions", "a simple turn", "vueltas complicadas": words of how hard, said of a move or a join alone. */
function isLevelOfMove({ meaning, start, end }: Hit, tokens: readonly Token[]): boolean {
  if (meaning.kind !== 'difficulty' || meaning.strength > 1) return false;
  const isJoin = (index: number) => /^(transi[ct]ion|combo|combinat)/.test(wordAt(tokens, index));
  const isNoun = (index: number) => isMoveAt(tokens, index) || isJoin(index);
  const isJoined = /^(and|y|e|,)$/.test(wordAt(tokens, end));
  const described = [behindAdjectives(tokens, end), ...(isJoined ? [behindAdjectives(tokens, end + 1)] : [])];
  const isSpanish = /(?:[aeo]s?|il|iles)$/.test(wordAt(tokens, start)) && end - start === 1;
  return described.some(isNoun) || (isSpanish && isNoun(start - 1) && tokens[start]?.folded !== 'simple');
}

function oppositeDifficulty({ meaning }: Hit): Difficulty | null {
  if (meaning.value === 'beginner') return 'intermediate';
  // "not too hard" asks for easy; "not advanced" leaves the level below.
  if (meaning.value === 'advanced') return meaning.strength === 1 ? 'beginner' : 'intermediate';
  return null;
}

function oppositeEnergy({ meaning, negation }: Hit): EnergyLevel | null {
  if (meaning.value === 'high') return negation === 'softened' ? 'medium' : 'low';
  return meaning.value === 'low' ? 'medium' : null;
}

function oppositeTempo({ meaning, negation }: Hit): Tempo | null {
  if (negation === 'softened') return 'medium';
  if (meaning.value === 'fast') return 'slow';
  return meaning.value === 'slow' ? 'fast' : null;
}

function impliedEnergy(style: Style | null, tempo: Tempo | null): EnergyLevel {
  if (tempo === 'slow') return 'low';
  if (tempo === 'fast') return 'high';
  if (style === 'romantic') return 'low';
  return style === 'energetic' ? 'high' : QUERY_DEFAULTS.energyLevel;
}

function defaultStyle(hits: readonly Hit[]): Style {
  const refused = hits.filter((hit) => hit.meaning.kind === 'style' && hit.negation !== 'no');
  const refusedStyles = new Set<Meaning['value']>(refused.map((hit) => hit.meaning.value));
  const fallbacks: readonly Style[] = [QUERY_DEFAULTS.style, 'playful', ...STYLES];
  return fallbacks.find((style) => !refusedStyles.has(style)) ?? QUERY_DEFAULTS.style;
}

function movesOf(hits: readonly Hit[], negation: Hit['negation']): string[] {
  const moves = hits.filter((hit) => hit.meaning.kind === 'move' && hit.negation === negation);
  return [...new Set(moves.map((hit) => String(hit.meaning.value)))];
}
