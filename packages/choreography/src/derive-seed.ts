import { createHash } from 'node:crypto';
import type { ChoreographyRequest } from './choreography-request.ts';

/**
 * The first seed of a request that names none: a whole number below 2^32 made of the request and the song alone. Whoever
 * asks for the same again gets the next seed that they have not had.
 */
export function deriveSeed(request: Omit<ChoreographyRequest, 'seed'>, songId: number): number {
  const { difficulty, energyLevel, style, query = null } = request;
  const text = JSON.stringify([songId, difficulty, energyLevel, style, query, ...wishesOf(request)]);
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

/** What no sentence says for it. */
function wishesOf(request: Omit<ChoreographyRequest, 'seed'>): unknown[] {
  const { query, specialRequirements, moves, extent, tempo, tempoBpm } = request;
  const wishes = { moves, extent, tempo, tempoBpm };
  const isPlain =
    specialRequirements.length === 0 && Object.values(wishes).every((wish) => wish === undefined);
  return query !== undefined || isPlain ? [] : [specialRequirements, wishes];
}
