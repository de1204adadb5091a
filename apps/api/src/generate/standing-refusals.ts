import type { ChoreographyRequest } from '@bachata-buddy/choreography';
import { readSaidMoves } from '@bachata-buddy/choreography';
import { type Database, findUserPreferences } from '@bachata-buddy/database';

/** A request without the moves that its author never wants, whatever else it asks for. */
export async function withStandingRefusals(
  database: Database,
  request: ChoreographyRequest,
  userId: number,
): Promise<ChoreographyRequest> {
  const refused = (await findUserPreferences(database, userId))?.refusedMoves ?? [];
  if (refused.length === 0) return request;
  const moves = request.moves ?? readSaidMoves(request);
  return { ...request, moves: { ...moves, refused: [...new Set([...moves.refused, ...refused])] } };
}
