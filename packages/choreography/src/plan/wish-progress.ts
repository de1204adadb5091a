import type { Move } from '../move.ts';
import { type MoveWish, mostOf } from './wishes.ts';

/** "Lots of": one move in so many. */
const MOVES_PER_ONE_OF_MANY = 4;
const LEAST_OF_MANY = 3;

/**
 * How far a dance that is being made has met the wishes: how often each move that was spoken of has come, as far as that
 * matters.
 */
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
  /** Wishes for so many and no more that it goes beyond. */
  readonly tooOften: number;
}

/** A wish for so many and no more, and how often its move came. */
export interface ExceededWish {
  readonly wish: MoveWish;
  readonly times: number;
}

/** Judges dances by wishes, a move at a time. */
export interface WishJudge {
  readonly start: WishProgress;
  /** What a move does for the wishes; null where it is nothing. */
  readonly step: (progress: WishProgress, move: Move, place: WishPlace) => WishStep | null;
  /** Wishes of which a finished dance has too few. */
  readonly open: (progress: WishProgress) => MoveWish[];
  /** Those of which it has too many. */
  readonly exceeded: (progress: WishProgress) => ExceededWish[];
}

/**
 * @param slotCount how many moves the dance will have about, for "lots of"
 */
export function makeWishJudge(wishes: readonly MoveWish[], slotCount: number): WishJudge {
  const most = wishes.map(mostOf);
  const least = wishes.map(({ often }, index) => Math.min(leastOf(often, slotCount), most[index]!));
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
      // The last first: of several in a set order a move belongs to the latest whose turn has come.
      for (let index = wishes.length - 1; index >= 0; index -= 1) {
        const wish = wishes[index]!;
        if (wish.place === 'opening' ? !isFirst : wish.place === 'ending' && !isLast) continue;
        if (wish.order !== null && isSpent) continue;
        if (!wish.isMetBy(move) || !isDue(progress, index)) continue;
        isSpent ||= wish.order !== null;
        const isNearer = !isMet(progress, index);
        if (!isNearer && most[index] === Number.POSITIVE_INFINITY) continue;
        next ??= [...progress];
        next[index]! += 1;
        if (isNearer) nearer += 1;
        if (next[index]! > most[index]!) tooOften += 1;
      }
      return next === null ? null : { progress: next, nearer, tooOften };
    },
    open: (progress) => wishes.filter((_, index) => !isMet(progress, index)),
    exceeded: (progress) =>
      wishes.flatMap((wish, index) => {
        const times = progress[index]!;
        return times > most[index]! ? [{ wish, times }] : [];
      }),
  };
}

function leastOf(often: MoveWish['often'], slotCount: number): number {
  if (often === 'many') return Math.max(LEAST_OF_MANY, Math.round(slotCount / MOVES_PER_ONE_OF_MANY));
  return often === 'some' ? 1 : often;
}
