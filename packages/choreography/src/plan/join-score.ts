import { type ClipPart, endsOf, makeJoinCosts, type PartEnds } from '../library/joins.ts';
import type { MoveLibrary } from '../library/move-library.ts';
import { EIGHTS_PER_PHRASE, type Slot } from './slots.ts';

const WEIGHTS = {
  /** A height of the picture that the dancers jump. */
  jump: 24,
  /** Another look: people, clothes, framing. Nobody minds where a part of the song begins. */
  otherLook: { inPhrase: 2.4, atPhrase: 1.2, atSection: 0.1 },
} as const;

type JoinSlot = Pick<Slot, 'isSectionStart' | 'eightsIntoSection'>;

/** What of a part counts where it is joined to another. */
export interface ShownEnds extends PartEnds {
  /** The number of its clip's look; null where it is not known. */
  readonly look: number | null;
}

/** How well parts of clips follow each other. */
export interface JoinScore {
  endsOf(part: ClipPart): ShownEnds;
  /** What follows a part in a place, 0 for the best. */
  after(before: ShownEnds, slot: JoinSlot): (next: ShownEnds) => number;
}

/** By how the dancers stand on both sides, and by who is in the picture. */
export function makeJoinScore({
  usualJoinCost,
  lookOf,
}: Pick<MoveLibrary, 'usualJoinCost' | 'lookOf'>): JoinScore {
  const costs = makeJoinCosts(usualJoinCost);
  return {
    endsOf(part) {
      const { first, last } = endsOf(part);
      return { first, last, look: lookOf(part.move) };
    },
    after({ last, look }, slot) {
      const costAfter = costs.after(last);
      const otherLook = costOfOtherLook(slot);
      return (next) => {
        const isOtherLook = look !== null && next.look !== null && look !== next.look;
        return -WEIGHTS.jump * costAfter(next.first) - (isOtherLook ? otherLook : 0);
      };
    },
  };
}

function costOfOtherLook({ isSectionStart, eightsIntoSection }: JoinSlot): number {
  if (isSectionStart) return WEIGHTS.otherLook.atSection;
  const isPhraseStart = eightsIntoSection % EIGHTS_PER_PHRASE === 0;
  return isPhraseStart ? WEIGHTS.otherLook.atPhrase : WEIGHTS.otherLook.inPhrase;
}
