import type { ChoreographyRequest, ParsedQuery } from './choreography-request.ts';
import { deriveSeed } from './derive-seed.ts';

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
    ...(parsed.stated.includes('style') ? { isStyleAsked: true } : {}),
    specialRequirements: parsed.specialRequirements,
    requestedMoves: parsed.specificMoves,
    refusedMoves: parsed.refusedMoves ?? null,
    moves: parsed.moves,
    ...(parsed.extent === null ? {} : { extent: parsed.extent }),
    ...(parsed.stated.includes('tempo') ? { tempo: parsed.tempo } : {}),
    ...(parsed.tempoBpm === null ? {} : { tempoBpm: parsed.tempoBpm }),
    ...(parsed.songPreference === null ? {} : { songPreference: parsed.songPreference }),
    query,
  };
  return { ...wish, seed: seed ?? deriveSeed(wish, songId) };
}
