import type { ChoreographyRequest, ParsedQuery } from '@bachata-buddy/choreography';
import { type JsonObject, preferencesOf } from '@bachata-buddy/database';
import { deriveSeed } from './seed.ts';

/** A sentence that names no difficulty means the one its author prefers. */
export function withPreferredDifficulty(parsed: ParsedQuery, preferences: JsonObject): ParsedQuery {
  if (parsed.stated.includes('difficulty')) return parsed;
  return { ...parsed, difficulty: preferencesOf(preferences).defaultDifficulty };
}

export interface QueryRequest {
  readonly query: string;
  readonly parsed: ParsedQuery;
  readonly songId: number;
  readonly seed?: number | undefined;
}

/** What a sentence asks the planner for. */
export function requestOfQuery({ query, parsed, songId, seed }: QueryRequest): ChoreographyRequest {
  const wish = {
    difficulty: parsed.difficulty,
    energyLevel: parsed.energyLevel,
    style: parsed.style,
    specialRequirements: parsed.specialRequirements,
    requestedMoves: parsed.specificMoves,
    refusedMoves: parsed.refusedMoves ?? null,
    query,
  };
  return { ...wish, seed: seed ?? deriveSeed(wish, songId) };
}
