import type { Move } from '../move.ts';
import type { MoveWish } from './wishes.ts';

/** "Lots of": one move in so many. */
const MOVES_PER_ONE_OF_MANY = 4;
const LEAST_OF_MANY = 3;

/** How far a dance that is being made has met the wishes: how often each move that was asked for has come. */
export type WishProgress = readonly number[];

/** Where a move stands in the dance. */
export interface WishPlace {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export interface WishStep {
  readonly progress: WishProgress;
  /** Wishes that come nearer by it. */
  readonly nearer: number;
  /** Moves that come more often than they were asked for. */
  readonly tooOften: number;
}

/** Judges dances by wishes, a move at a time. */
export interface WishJudge {
  readonly start: WishProgress;
  /** What a move does for the wishes; null where it is nothing. */
  readonly step: (progress: WishProgress, move: Move, place: WishPlace) => WishStep | null;
  /** Wishes that a finished dance leaves open. */
  readonly open: (progress: WishProgress) => MoveWish[];
}

/**
 * @param slotCount how many moves the dance will have about, for "lots of"
 */
export function makeWishJudge(wishes: readonly MoveWish[], slotCount: number): WishJudge {
  const least = wishes.map(({ often }) => {
    if (often === 'many') return Math.max(LEAST_OF_MANY, Math.round(slotCount / MOVES_PER_ONE_OF_MANY));
    return often === 'some' ? 1 : often;
  });
  const isMet = (progress: WishProgress, index: number) => progress[index]! >= least[index]!;
  /** One of a set order counts only when all before it have come. */
  const isDue = (progress: WishProgress, index: number) => {
    const { order } = wishes[index]!;
    return (
      order === null ||
      wishes.every((other, at) => other.order === null || at >= index || isMet(progress, at))
    );
  };
  return {
    start: wishes.map(() => 0),
    step(progress, move, { isFirst, isLast }) {
      let next: number[] | null = null;
      let nearer = 0;
      let tooOften = 0;
      let isSpent = false;
      wishes.forEach((wish, index) => {
        if (wish.place === 'opening' ? !isFirst : wish.place === 'ending' && !isLast) return;
        if (!wish.isMetBy(move) || !isDue(progress, index)) return;
        if (isMet(progress, index)) {
          if (wish.isExact && !isSpent) tooOften += 1;
          return;
        }
        // Of several that one move could meet in a set order, it meets the first.
        if (wish.order !== null && isSpent) return;
        isSpent ||= wish.order !== null;
        next ??= [...progress];
        next[index]! += 1;
        nearer += 1;
      });
      return nearer + tooOften === 0 ? null : { progress: next ?? progress, nearer, tooOften };
    },
    open: (progress) => wishes.filter((_, index) => !isMet(progress, index)),
  };
}
