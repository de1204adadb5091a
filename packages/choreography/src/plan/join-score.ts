import { type ClipPart, makeJoinCosts } from '../library/joins.ts';
import type { MoveLibrary } from '../library/move-library.ts';
import { EIGHTS_PER_PHRASE, type Slot } from './slots.ts';

const WEIGHTS = {
  /** A height of the picture that the dancers jump. */
  jump: 16,
  /** Another look: people, clothes, framing. Nobody minds where a part of the song begins. */
  otherLook: { inPhrase: 2.4, atPhrase: 1.2, atSection: 0.1 },
} as const;

/** How well a part of a clip follows another where it begins; 0 for the best. */
export type JoinScore = (before: ClipPart, after: ClipPart, slot: JoinSlot) => number;
type JoinSlot = Pick<Slot, 'isSectionStart' | 'eightsIntoSection'>;

/** By how the dancers stand on both sides, and by who is in the picture. */
export function makeJoinScore({
  usualJoinCost,
  lookOf,
}: Pick<MoveLibrary, 'usualJoinCost' | 'lookOf'>): JoinScore {
  const { cost } = makeJoinCosts(usualJoinCost);
  return (before, after, slot) => {
    const [look, nextLook] = [lookOf(before.move), lookOf(after.move)];
    const isOtherLook = look !== null && nextLook !== null && look !== nextLook;
    return -WEIGHTS.jump * cost(before, after) - (isOtherLook ? costOfOtherLook(slot) : 0);
  };
}

function costOfOtherLook({ isSectionStart, eightsIntoSection }: JoinSlot): number {
  if (isSectionStart) return WEIGHTS.otherLook.atSection;
  const isPhraseStart = eightsIntoSection % EIGHTS_PER_PHRASE === 0;
  return isPhraseStart ? WEIGHTS.otherLook.atPhrase : WEIGHTS.otherLook.inPhrase;
}
