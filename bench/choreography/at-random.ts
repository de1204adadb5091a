import type { ChoreographyRequest, Move, PlannedMove } from '@bachata-buddy/choreography';
import { DIFFICULTIES } from '@bachata-buddy/vocabulary';
import { makeRandom } from '../../infra/dev/chaos/support/random.ts';

/** The same places filled by chance, with moves of the level asked for where there are any, that are long enough. */
export function danceAtRandom(
  moves: readonly PlannedMove[],
  library: readonly Move[],
  request: ChoreographyRequest,
): PlannedMove[] {
  const random = makeRandom(request.seed);
  const level = DIFFICULTIES.indexOf(request.difficulty);
  const ofLevel = library.filter(({ difficulty }) => DIFFICULTIES.indexOf(difficulty) <= level);
  return moves.map((place) => {
    const long = ofLevel.filter(({ counts }) => counts >= place.counts);
    const choices = long.length > 0 ? long : library;
    const { moveId, firstDownbeatSec } = choices[Math.floor(random() * choices.length)] as Move;
    return { ...place, moveId, trimStartSec: firstDownbeatSec };
  });
}
