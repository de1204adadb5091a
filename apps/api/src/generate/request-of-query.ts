import { type ChoreographyRequest, DIFFICULTIES, type ParsedQuery } from '@bachata-buddy/choreography';
import { deriveSeed } from './seed.ts';

/** A sentence that names no difficulty means the one its author prefers, where they have said so. */
export function withPreferredDifficulty(
  parsed: ParsedQuery,
  preferences: Readonly<Record<string, unknown>>,
): ParsedQuery {
  if (parsed.stated.includes('difficulty')) return parsed;
  const preferred = DIFFICULTIES.find((difficulty) => difficulty === preferences.default_difficulty);
  return preferred === undefined ? parsed : { ...parsed, difficulty: preferred };
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
