import type { Move } from '../move.ts';

/** The same question of a move, answered once for each: a search asks for the same moves at every place of the song. */
export function remembered(isSo: (move: Move) => boolean): (move: Move) => boolean {
  const known = new WeakMap<Move, boolean>();
  return (move) => {
    const answer = known.get(move) ?? isSo(move);
    known.set(move, answer);
    return answer;
  };
}
