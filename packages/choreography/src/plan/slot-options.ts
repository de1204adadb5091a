import type { MoveHit } from '../library/move-library.ts';
import type { Pause } from '../pause.ts';
import { mergeSlots, type Slot } from './slots.ts';
import {
  FAULTS,
  optionsOf,
  optionsOfHits,
  type Place,
  type PlanContext,
  type StepOption,
} from './step-options.ts';

/** The options of every slot of a dance. */
export interface SlotOptions {
  readonly slotCount: number;
  /** Different moves among all options. */
  readonly moveCount: number;
  /** Those of them that are not harder than asked for. */
  readonly moveCountOfLevel: number;
  /** The options of one slot; those of span 2 fill the next slot too. */
  at(slot: number): StepOption[];
}

/**
 * Finds what may be danced in each slot. Of that the hits are kept, and options made of them again where the search comes
 * to their slot: those of all slots would be most of what a plan holds in memory, and to collect garbage around them would
 * take longer than anybody may hold an event loop.
 */
export async function findSlotOptions(
  slots: readonly Slot[],
  context: PlanContext,
  pause: Pause | undefined,
): Promise<SlotOptions> {
  const ids = new Set<string>();
  const idsOfLevel = new Set<string>();
  const ranked: RankedHits[][] = [];
  for (const index of slots.keys()) {
    const seats = seatsAt(index, slots);
    ranked.push(
      seats.map(({ slot, place }) => {
        const options = optionsOf(slot, place, context);
        for (const { move, faults } of options) {
          ids.add(move.moveId);
          if (faults < FAULTS.harder) idsOfLevel.add(move.moveId);
        }
        return { slot, place, hits: options.map(({ hit }) => hit) };
      }),
    );
    await pause?.();
  }
  return {
    slotCount: slots.length,
    moveCount: ids.size,
    moveCountOfLevel: idsOfLevel.size,
    at: (index) =>
      ranked[index]!.flatMap(({ slot, place, hits }) => optionsOfHits(hits, slot, place, context)),
  };
}

/** Where a slot stands in the dance, filled by a move of its own. */
export function placeOf(index: number, slots: readonly unknown[]): Place {
  return { isFirst: index === 0, isLast: index === slots.length - 1, span: 1 };
}

interface Seat {
  readonly slot: Slot;
  readonly place: Place;
}

interface RankedHits extends Seat {
  /** The best first. */
  readonly hits: readonly MoveHit[];
}

/** A slot by itself, and together with the next one where a move may fill both. */
function seatsAt(index: number, slots: readonly Slot[]): Seat[] {
  const slot = slots[index]!;
  const single = { slot, place: placeOf(index, slots) };
  const merged = mergeSlots(slot, slots[index + 1]);
  if (merged === null) return [single];
  const isFirst = index === 0;
  const isLast = index + 1 === slots.length - 1;
  // A dance of one long move would have no beginning or no end.
  if (isFirst && isLast) return [single];
  return [single, { slot: merged, place: { isFirst, isLast, span: 2 } }];
}
