import type { Choice, HalfMadeDance } from './half-made-dance.ts';

/** How often, how long ago and where a half-made dance has used its moves. */
export interface DanceHistory {
  /** Takes another dance's place. */
  recall(dance: HalfMadeDance): void;
  uses(move: number): number;
  /** How many moves stood before it where it came last; -Infinity where it did not come. */
  lastUse(move: number): number;
  /** What begins at a slot; null where nothing does, or no such slot is. */
  at(slot: number): Choice | null;
}

/** One for a whole search, which looks at one dance after the other: its moves are numbered from 0. */
export function makeDanceHistory(moveCount: number, slotCount: number): DanceHistory {
  const uses = new Uint16Array(moveCount);
  const lastUses = new Float64Array(moveCount);
  const choices = new Array<Choice | null>(slotCount);
  return {
    recall(dance) {
      uses.fill(0);
      lastUses.fill(Number.NEGATIVE_INFINITY);
      choices.fill(null);
      for (let at: HalfMadeDance | null = dance; at?.last; at = at.before) {
        const { move } = at.last;
        if (uses[move] === 0) lastUses[move] = at.length - 1;
        uses[move]! += 1;
        choices[at.slot] = at.last;
      }
    },
    uses: (move) => uses[move]!,
    lastUse: (move) => lastUses[move]!,
    at: (slot) => choices[slot] ?? null,
  };
}
