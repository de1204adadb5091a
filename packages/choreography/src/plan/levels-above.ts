import { DIFFICULTIES } from '@bachata-buddy/vocabulary';
import type { ChoreographyRequest } from '../choreography-request.ts';
import type { Move } from '../move.ts';

/** How many levels harder a move is than asked for; negative for easier. */
export function levelsAbove(
  move: Pick<Move, 'difficulty'>,
  request: Pick<ChoreographyRequest, 'difficulty'>,
): number {
  return DIFFICULTIES.indexOf(move.difficulty) - DIFFICULTIES.indexOf(request.difficulty);
}
