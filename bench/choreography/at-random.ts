import type { ChoreographyRequest, Move, PlannedMove } from '@bachata-buddy/choreography';
import { DIFFICULTIES } from '@bachata-buddy/vocabulary';

/** Numbers 0..1, the same for the same seed. Source: mulberry32 (T. Ettinger). */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

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
    const { moveId } = choices[Math.floor(random() * choices.length)] as Move;
    return { ...place, moveId };
  });
}
