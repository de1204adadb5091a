import type { Move } from '../move.ts';

/** The same question of a move, answered once for each: a search asks for the same moves at every place of the song. */
export function remembered<Answer>(question: (move: Move) => Answer): (move: Move) => Answer {
  const known = new WeakMap<Move, Answer>();
  return (move) => {
    const answer = known.get(move);
    if (answer !== undefined) return answer;
    const found = question(move);
    known.set(move, found);
    return found;
  };
}
