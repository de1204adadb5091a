import type { Move } from '../move.ts';
import type { Slot } from './slots.ts';
import type { MoveWish } from './wishes.ts';

/** What is proposed for one section of the song. */
export interface SectionDesign {
  /** Families of moves, in the order in which they are to be danced, eight by eight, and again; empty for no proposal. */
  readonly motif: readonly string[];
  /** 0 calm .. 1 wild; null for no proposal. */
  readonly liveliness: number | null;
}

/**
 * The structure somebody proposes for a dance. It is weighed with everything else that speaks for a move: whatever is
 * proposed, no rule is broken for it.
 */
export interface Design {
  /** By the section's place in the song. */
  readonly sections: ReadonlyMap<number, SectionDesign>;
  /** By the wish's place among those said, the section in which it is to be met. */
  readonly wishes: ReadonlyMap<number, number>;
}

/** What a proposed family is worth anywhere in its section, beside its own place in the motif. */
const ELSEWHERE_IN_MOTIF = 0.5;

/** How well a family suits the motif of a section: 1 in its place, less elsewhere, 0 where it is no part of it. */
export function motifFit(design: Design | null, slot: Slot, family: string): number {
  const motif = design?.sections.get(slot.section.index)?.motif ?? [];
  if (!motif.includes(family)) return 0;
  return motif[slot.eightsIntoSection % motif.length] === family ? 1 : ELSEWHERE_IN_MOTIF;
}

/** How near a move comes to the liveliness proposed for its section, 0..1; 0 where none is. */
export function livelinessFit(design: Design | null, slot: Slot, liveliness: number): number {
  const proposed = design?.sections.get(slot.section.index)?.liveliness ?? null;
  return proposed === null ? 0 : 1 - Math.abs(proposed - liveliness);
}

/** When a move meets a wish, beside the section proposed for it; free where none is, or it is over. */
export type WishTiming = 'free' | 'early' | 'in place';

/** Of all wishes that a move meets, the timing that speaks most for it. */
export function wishTiming(
  design: Design | null,
  slot: Slot,
  move: Move,
  wishes: readonly MoveWish[],
): WishTiming {
  if (design === null || design.wishes.size === 0) return 'free';
  const sections = wishes.flatMap(({ isMetBy }, index) =>
    isMetBy(move) ? [design.wishes.get(index) ?? Number.NEGATIVE_INFINITY] : [],
  );
  if (sections.includes(slot.section.index)) return 'in place';
  return sections.length > 0 && sections.every((section) => section > slot.section.index) ? 'early' : 'free';
}
